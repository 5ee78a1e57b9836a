import { createHash } from "node:crypto";
import { badDigest, incompleteBody, S3Error } from "../errors";
import type { Blobs } from "../storage/blobs";
import type { ChecksumName, Segment } from "../storage/records";
import { defaultChecksum, digestOf } from "./digests";

/** A body on its way in, with what the client says of it. */
export interface Incoming {
  body: AsyncIterable<Uint8Array>;
  /** Bytes, where the client said how many. */
  length?: number;
  /** Base64 of the MD5. */
  md5?: string;
  /** Hexadecimal SHA-256, of `x-amz-content-sha256`. */
  sha256?: string;
  /** @default DEFAULT_CHECKSUM */
  checksumName?: ChecksumName;
  /** What the client expects, in Base64; asked after the last byte, since it may come in a trailer. */
  checksum?(): string | undefined;
}

/** A body that has come in whole and is what the client said it is. */
export interface Received {
  body: Segment[];
  size: number;
  /** Hexadecimal. */
  md5: string;
  checksum: { name: ChecksumName; value: string };
}

/** The largest body of one request. https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
export const largestPut = 5 * 2 ** 30;

/**
 * Streams a body to the disk. Nothing of one that is refused remains.
 * @param keep the checksum that is kept; the one that the client gave unless told
 */
export async function receive(
  blobs: Blobs,
  incoming: Incoming,
  keep: ChecksumName = incoming.checksumName ?? defaultChecksum,
): Promise<Received> {
  const md5 = createHash("md5");
  const names = new Set([keep, incoming.checksumName ?? keep, ...(incoming.sha256 ? (["SHA256"] as const) : [])]);
  const digests = [...names].map((name) => ({ name, digest: digestOf(name) }));
  let size = 0;
  const body = await blobs.write(incoming.body, (chunk) => {
    size += chunk.length;
    if (size > largestPut) throw tooLarge(largestPut);
    md5.update(chunk);
    for (const { digest } of digests) digest.update(chunk);
  });
  const sums = new Map(digests.map(({ name, digest }) => [name, digest.digest()]));
  const md5Digest = md5.digest();
  const fault = faultOf(incoming, size, md5Digest, sums);
  if (fault) {
    await blobs.discard(body);
    throw fault;
  }
  const checksum = { name: keep, value: sums.get(keep)!.toString("base64") };
  return { body, size, md5: md5Digest.toString("hex"), checksum };
}

function faultOf(
  { length, sha256, md5, checksumName = defaultChecksum, checksum }: Incoming,
  size: number,
  md5Digest: Buffer,
  sums: ReadonlyMap<ChecksumName, Buffer>,
): S3Error | undefined {
  if (length !== undefined && length !== size) return incompleteBody();
  if (sha256 !== undefined && sha256 !== sums.get("SHA256")?.toString("hex")) return contentSha256Mismatch();
  if (md5 !== undefined && md5 !== md5Digest.toString("base64")) return badDigest("Content-MD5");
  const expected = checksum?.();
  if (expected !== undefined && expected !== sums.get(checksumName)?.toString("base64")) {
    return checksumMismatch(checksumName);
  }
  return undefined;
}

const contentSha256Mismatch = () =>
  new S3Error(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    400,
  );

export const checksumMismatch = (name: ChecksumName) =>
  new S3Error("BadDigest", `The ${name} you specified did not match the calculated checksum.`, 400);

export const tooLarge = (limit: number) =>
  new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400, {
    MaxSizeAllowed: String(limit),
  });
