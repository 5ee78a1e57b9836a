import type { Readable } from "node:stream";

/** Where an object lies. Keys are case-sensitive UTF-8 of 1 to 1024 bytes and begin without a slash. */
export interface ObjectLocation {
  bucket: string;
  key: string;
}

/** What is known of an object without reading it. */
export interface ObjectSummary {
  key: string;
  /** Bytes. */
  size: number;
  /** With its double quotes, as the API shows it. */
  etag: string;
  lastModified: Date;
  /** Undefined in a bucket that never had versioning. */
  versionId?: string;
}

/** The first and the last byte, both included; without `end` up to the object's end. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface PutOptions {
  /** @default "binary/octet-stream" */
  contentType?: string;
  /** A KMS key's ARN, id or alias; without it the bucket's own default holds. */
  kmsKeyId?: string;
  /** Ends the upload: nothing of it remains. */
  signal?: AbortSignal;
}

/**
 * The account's objects for what runs inside the sandbox's process, such as COPY and UNLOAD: the same objects, events and
 * versions that the S3 API shows, without HTTP and without permissions, which are the caller's to check.
 *
 * As in S3, every operation sees whatever was written before it, an object appears whole or not at all, and a body that
 * has been opened stays readable though its object is replaced or deleted meanwhile. Bodies are streams; nothing is held
 * in memory but their buffers.
 *
 * Refusals are `AwsError`s with S3's codes and words: `NoSuchBucket`, `NoSuchKey`, `InvalidRange`, `KeyTooLongError`.
 */
export interface ObjectStore {
  /** Every current object whose key begins with `prefix`, in the order of the keys' UTF-8 bytes. */
  list(bucket: string, prefix: string): AsyncIterable<ObjectSummary>;

  /** @returns undefined where there is no such object */
  head(location: ObjectLocation): Promise<ObjectSummary | undefined>;

  /** The caller reads the body to its end or destroys it. */
  open(location: ObjectLocation, range?: ByteRange): Promise<{ object: ObjectSummary; body: Readable }>;

  /** Durable once it resolves. A body that fails leaves the key as it was. */
  put(location: ObjectLocation, body: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<ObjectSummary>;

  /** Adds a delete marker where the bucket has versions. A missing key is no error. */
  delete(location: ObjectLocation): Promise<void>;
}
