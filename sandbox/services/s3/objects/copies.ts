import { createHash } from "node:crypto";
import { invalidRequest, preconditionFailed } from "../errors";
import { validateKey } from "../keys/validate";
import type { ObjectLocation } from "../object-store";
import type { Blobs } from "../storage/blobs";
import type { Attributes, Checksum, ChecksumName, Segment, StoredObject } from "../storage/records";
import { etagOf } from "./commits";
import { checkRead, checkWrite, type ReadConditions, type WriteConditions } from "./conditions";
import { digestOf } from "./digests";
import type { Objects } from "./objects";
import { largestPut } from "./receive";

export interface CopySource extends ObjectLocation {
  versionId?: string;
  conditions?: ReadConditions;
}

export interface CopyOptions {
  /** What the copy gets for its own, made from what the source has. */
  attributes(source: StoredObject): Attributes;
  /** Whether the copy differs from its source in anything that was asked for. */
  isChange: boolean;
  /** The source's own where it is absent. */
  checksumName?: ChecksumName;
  conditions?: WriteConditions;
}

/** The source of a copy. @throws S3Error `PreconditionFailed` where a condition on it does not hold, in either direction */
export function sourceOf(objects: Objects, { versionId, conditions = {}, ...location }: CopySource): StoredObject {
  const source = objects.get(location, versionId);
  checkRead(source, conditions, () => preconditionFailed("x-amz-copy-source-If-None-Match"));
  return source;
}

/**
 * Copies by reference: source and copy share the files of their body, which never change.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export async function copyObject(
  objects: Objects,
  from: CopySource,
  to: ObjectLocation,
  { attributes: make, isChange, checksumName, conditions = {} }: CopyOptions,
): Promise<{ source: StoredObject; copy: StoredObject }> {
  validateKey(to.key);
  const { ledger, buckets, commits } = objects;
  buckets.state(to.bucket);
  const source = sourceOf(objects, from);
  if (source.size > largestPut) {
    throw invalidRequest(
      `The specified copy source is larger than the maximum allowable size for a copy source: ${largestPut}`,
    );
  }
  if (!isChange && from.bucket === to.bucket && from.key === to.key && from.versionId === undefined) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const conditional = commits.conditional.begin(to.bucket, to.key, conditions);
  // The source may go meanwhile; what it consists of may not.
  ledger.blobs.hold(source.body);
  try {
    const attributes = make(source);
    const { md5, checksum } = await sumsOf(ledger.blobs, source, checksumName ?? source.checksum.name);
    buckets.state(to.bucket);
    conditional.check();
    checkWrite(to.key, ledger.index.keyspace(to.bucket).current(to.key), conditions);
    const { size, body } = source;
    const added = { size, etag: etagOf(md5, attributes), body, checksum, attributes };
    return { source, copy: await commits.add(to, added, "ObjectCreated:Copy") };
  } finally {
    ledger.blobs.release(source.body);
    conditional.end();
  }
}

/** A copy is one body whatever its source was, with the MD5 of that for its ETag; where the source tells it is not read. */
async function sumsOf(
  blobs: Blobs,
  { etag, parts, attributes, checksum, body }: StoredObject,
  name: ChecksumName,
): Promise<{ md5: string; checksum: Checksum }> {
  const isMd5 = parts === undefined && attributes.encryption.algorithm === "AES256";
  if (isMd5 && checksum.name === name) return { md5: etag, checksum };
  return digest(blobs, body, name);
}

export async function digest(
  blobs: Blobs,
  body: readonly Segment[],
  name: ChecksumName,
): Promise<{ md5: string; checksum: Checksum }> {
  const [md5, sum] = [createHash("md5"), digestOf(name)];
  for await (const chunk of blobs.read(body)) {
    md5.update(chunk);
    sum.update(chunk);
  }
  const checksum: Checksum = { name, type: "FULL_OBJECT", value: sum.digest().toString("base64") };
  return { md5: md5.digest("hex"), checksum };
}
