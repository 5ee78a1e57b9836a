import { createHash } from "node:crypto";
import type { Checksum, ChecksumName } from "../storage/records";
import { type CrcName, combineCrcs, crcOf, isCrc } from "./crc";

/** What S3 computes of an object for which the client chose nothing: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const defaultChecksum: ChecksumName = "CRC64NVME";

interface Digest {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}

export function digestOf(name: ChecksumName): Digest {
  return isCrc(name) ? crcOf(name) : createHash(name.toLowerCase());
}

/** Bytes of a digest. */
export const digestLengths: Readonly<Record<ChecksumName, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

/** The MD5 in hexadecimal digits: what an ETag is unless a KMS key encrypts the object. */
export function md5Of(...pieces: Uint8Array[]): string {
  const hash = createHash("md5");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}

/** `<MD5 of the parts' MD5s>-<number of parts>`, as S3 makes the ETag of an object uploaded in parts. */
export function etagOfParts(etags: readonly string[]): string {
  return `${md5Of(...etags.map((etag) => Buffer.from(etag, "hex")))}-${etags.length}`;
}

interface Summed {
  size: number;
  /** Base64. */
  checksum: string;
}

/**
 * The checksum of parts' checksums, with `-` and their number behind it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html (composite checksums)
 */
export function compositeChecksum(name: ChecksumName, parts: readonly Summed[]): Checksum {
  const digest = digestOf(name);
  for (const { checksum } of parts) digest.update(Buffer.from(checksum, "base64"));
  return { name, type: "COMPOSITE", value: `${digest.digest().toString("base64")}-${parts.length}` };
}

/** The checksum of the bytes as a whole from those of the parts, which only cyclic ones allow. */
export function combinedChecksum(name: CrcName, parts: readonly Summed[]): Checksum {
  let whole = crcOf(name).digest();
  for (const { size, checksum } of parts) whole = combineCrcs(name, whole, Buffer.from(checksum, "base64"), size);
  return { name, type: "FULL_OBJECT", value: whole.toString("base64") };
}
