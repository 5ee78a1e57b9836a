import type { Checksum, Encryption, StoredObject } from "../storage/records";
import { nullVersion } from "../storage/records";
import type { S3Model } from "./types";

export const quoted = (etag: string) => `"${etag}"`;

/** The members of an output that say how an object is encrypted. */
export function encryptionShown({ algorithm, kmsKeyId, bucketKey, context }: Encryption) {
  return {
    ServerSideEncryption: algorithm,
    SSEKMSKeyId: kmsKeyId,
    // Shown only where it is so.
    BucketKeyEnabled: bucketKey ? true : undefined,
    SSEKMSEncryptionContext: context,
  };
}

export function checksumShown({ name, value, type }: Checksum) {
  return { [`Checksum${name}`]: value, ChecksumType: type };
}

/** What an object has beside its bytes. */
export function attributesShown(model: S3Model, bucket: string, object: StoredObject) {
  const { headers, metadata, tags, encryption } = object.attributes;
  const { Expires, ...rest } = headers;
  const count = Object.keys(tags).length;
  return {
    ...rest,
    Expires: dateOf(Expires),
    AcceptRanges: "bytes",
    ETag: quoted(object.etag),
    LastModified: new Date(object.modified),
    Metadata: metadata,
    TagCount: count > 0 ? count : undefined,
    VersionId: versionShown(model, bucket, object.versionId),
    ...encryptionShown(encryption),
  };
}

/** Without versions there are no ids either. */
export function versionShown({ buckets }: S3Model, bucket: string, versionId: string): string | undefined {
  return versionId === nullVersion && buckets.state(bucket).versioning === undefined ? undefined : versionId;
}

/** Clients are given a time back, whatever they sent as one. */
function dateOf(header: string | undefined): Date | undefined {
  const date = new Date(header ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
