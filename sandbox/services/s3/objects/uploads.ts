import { randomBytes } from "node:crypto";
import { invalidArgument, invalidRequest, noSuchUpload } from "../errors";
import { validateKey } from "../keys/validate";
import type { ObjectLocation } from "../object-store";
import type { OpenUpload } from "../storage/index-of-objects";
import type { Attributes, ChecksumName, ChecksumType, StoredObject, Upload, UploadedPart } from "../storage/records";
import { assemble, type Completion } from "./assemble";
import { checkWrite } from "./conditions";
import { type CopySource, digest, sourceOf } from "./copies";
import { isCrc } from "./crc";
import { defaultChecksum } from "./digests";
import type { Objects } from "./objects";
import { cut, parseRange } from "./range";
import { type Incoming, receive } from "./receive";

export interface UploadLocation extends ObjectLocation {
  uploadId: string;
}

const mostParts = 10_000;

/** Multipart uploads: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html */
export class Uploads {
  constructor(private readonly objects: Objects) {}

  async begin(
    { bucket, key }: ObjectLocation,
    attributes: Attributes,
    asked: { name?: ChecksumName; type?: ChecksumType } = {},
  ): Promise<Upload> {
    validateKey(key);
    this.objects.buckets.state(bucket);
    const uploadId = randomBytes(48).toString("base64url");
    const checksum = { ...checksumOf(asked), chosen: asked.name !== undefined };
    const upload = { uploadId, bucket, key, initiated: Date.now(), attributes, checksum };
    await this.objects.ledger.commit({ do: "begin", upload });
    return upload;
  }

  /** @throws S3Error `NoSuchUpload` */
  get({ bucket, key, uploadId }: UploadLocation): OpenUpload {
    this.objects.buckets.state(bucket);
    const open = this.objects.ledger.index.upload(uploadId);
    if (!open || open.upload.bucket !== bucket || open.upload.key !== key) throw noSuchUpload(uploadId);
    return open;
  }

  async putPart(location: UploadLocation, number: number, incoming: Incoming): Promise<UploadedPart> {
    validateNumber(number);
    const { checksum } = this.get(location).upload;
    checkAlgorithm(checksum, incoming.checksumName);
    const received = await receive(this.objects.ledger.blobs, incoming, checksum.name);
    const { md5, ...rest } = received;
    return this.keep(location, { ...rest, number, etag: md5, modified: Date.now(), checksum: rest.checksum.value });
  }

  /** @param range `bytes=first-last`; the whole source without it */
  async copyPart(
    location: UploadLocation,
    number: number,
    from: CopySource,
    range?: string,
  ): Promise<{ source: StoredObject; part: UploadedPart }> {
    validateNumber(number);
    const { checksum } = this.get(location).upload;
    const source = sourceOf(this.objects, from);
    if (range !== undefined && !/^bytes=\d+-\d+$/.test(range)) {
      throw invalidArgument(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
        "x-amz-copy-source-range",
        range,
      );
    }
    const extent = parseRange(range, source.size);
    const body = extent ? cut(source.body, extent) : source.body;
    const { blobs } = this.objects.ledger;
    blobs.hold(body);
    try {
      const sums = await digest(blobs, body, checksum.name);
      const size = extent ? extent.end - extent.start + 1 : source.size;
      const kept = { number, size, etag: sums.md5, modified: Date.now(), body, checksum: sums.checksum.value };
      return { source, part: await this.keep(location, kept) };
    } finally {
      blobs.release(body);
    }
  }

  async abort(location: UploadLocation): Promise<void> {
    this.get(location);
    await this.objects.ledger.commit({ do: "abort", uploadId: location.uploadId });
  }

  /** Aborts all of a bucket, which is about to go. */
  async abortAll(bucket: string): Promise<void> {
    const { ledger } = this.objects;
    const uploads = ledger.index.uploadsOf(bucket);
    await Promise.all(uploads.map(({ uploadId }) => ledger.commit({ do: "abort", uploadId })));
  }

  async complete(location: UploadLocation, completion: Completion): Promise<StoredObject> {
    const open = this.get(location);
    const object = assemble(open, completion);
    const { ledger, commits } = this.objects;
    checkWrite(location.key, ledger.index.keyspace(location.bucket).current(location.key), completion.conditions ?? {});
    const { bucket, key, uploadId } = location;
    return commits.add({ bucket, key }, object, "ObjectCreated:CompleteMultipartUpload", uploadId);
  }

  /** Keeps a part, unless its upload has ended while it came. */
  private async keep(location: UploadLocation, part: UploadedPart): Promise<UploadedPart> {
    const { ledger } = this.objects;
    try {
      this.get(location);
      await ledger.commit({ do: "part", uploadId: location.uploadId, part });
      return part;
    } finally {
      await ledger.blobs.discard(part.body);
    }
  }
}

/** Which checksum an upload has, and of what: the defaults are those of CreateMultipartUpload's page. */
function checksumOf({ name = defaultChecksum, type }: { name?: ChecksumName; type?: ChecksumType }) {
  const standard = name === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE";
  const isPossible = type === undefined || (type === "FULL_OBJECT" ? isCrc(name) : name !== "CRC64NVME");
  if (isPossible) return { name, type: type ?? standard } as const;
  throw invalidRequest(`The ${type} checksum type cannot be used with the ${name.toLowerCase()} checksum algorithm.`);
}

function validateNumber(number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= mostParts) return;
  const rule = `Part number must be an integer between 1 and ${mostParts}, inclusive`;
  throw invalidArgument(rule, "partNumber", String(number));
}

function checkAlgorithm({ name, chosen }: Upload["checksum"], given: ChecksumName | undefined): void {
  if (given === name || (given === undefined && !chosen)) return;
  const [expected, actual] = [chosen ? name.toLowerCase() : "null", given?.toLowerCase() ?? "null"];
  // An upload for which nothing was chosen takes parts with any checksum, which is checked and not kept.
  if (!chosen) return;
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  );
}
