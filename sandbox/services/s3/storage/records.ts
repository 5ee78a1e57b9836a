import type { Tags } from "../../../aws/tags";

/** A stretch of one of the files that hold bodies. */
export interface Segment {
  file: string;
  start: number;
  length: number;
}

export const checksumNames = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const;
export type ChecksumName = (typeof checksumNames)[number];
/** Of the bytes as a whole, or of the parts' checksums. */
export type ChecksumType = "FULL_OBJECT" | "COMPOSITE";

export interface Checksum {
  name: ChecksumName;
  /** Base64; of the composite type with `-` and the number of parts. */
  value: string;
  type: ChecksumType;
}

export interface Encryption {
  algorithm: "AES256" | "aws:kms" | "aws:kms:dsse";
  kmsKeyId?: string;
  bucketKey?: boolean;
  /** Base64 of the context's JSON. */
  context?: string;
}

/** What is kept with a body and shown again, under the names of S3's own members. */
export interface ObjectHeaders {
  CacheControl?: string;
  ContentDisposition?: string;
  ContentEncoding?: string;
  ContentLanguage?: string;
  ContentType?: string;
  /** As it was sent: S3 does not look into it. */
  Expires?: string;
  WebsiteRedirectLocation?: string;
  StorageClass?: string;
}

export interface Attributes {
  headers: ObjectHeaders;
  metadata: Record<string, string>;
  tags: Tags;
  encryption: Encryption;
}

/** A part of an object that was uploaded in parts. */
export interface PartSummary {
  number: number;
  size: number;
  checksum?: string;
}

/** The version id of everything in a bucket that has no versions. */
export const nullVersion = "null";

interface VersionBase {
  versionId: string;
  /** Milliseconds since 1970. */
  modified: number;
}

export interface DeleteMarker extends VersionBase {
  marker: true;
}

export interface StoredObject extends VersionBase {
  marker?: undefined;
  size: number;
  /** Without its quotes. */
  etag: string;
  body: Segment[];
  checksum: Checksum;
  attributes: Attributes;
  /** Of a multipart upload. */
  parts?: PartSummary[];
}

export type Version = DeleteMarker | StoredObject;

export interface UploadedPart {
  number: number;
  size: number;
  etag: string;
  modified: number;
  body: Segment[];
  checksum: string;
}

/** A multipart upload that has neither been completed nor aborted. */
export interface Upload {
  uploadId: string;
  bucket: string;
  key: string;
  initiated: number;
  attributes: Attributes;
  checksum: { name: ChecksumName; type: ChecksumType; chosen: boolean };
}

/** The names that notifications have: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
export type EventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Post"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated"
  | "ObjectTagging:Put"
  | "ObjectTagging:Delete";

/** Something that happened to an object. */
export interface ObjectEvent {
  name: EventName;
  bucket: string;
  key: string;
  versionId?: string;
  /** Absent where an object was removed. */
  size?: number;
  etag?: string;
  /** Hexadecimal digits of one length, greater than those of whatever happened to the key before. */
  sequencer: string;
  /** Milliseconds since 1970. */
  time: number;
}

/** A change of an object. The event that somebody is to be told of is kept until everybody who wanted it has it. */
export type NotableChange = { bucket: string; key: string; event?: ObjectEvent } & (
  | /** A version on top of the key's others; one without an id takes the place of the other without. Ends `upload`. */
  { do: "insert"; version: Version; upload?: string }
  | { do: "remove"; versionId: string }
  /** Another state of a version that is there, at its place among the others. */
  | { do: "replace"; version: StoredObject }
);

/** What the log says; each is done wholly or not at all. */
export type Change =
  | NotableChange
  | { do: "begin"; upload: Upload }
  | { do: "part"; uploadId: string; part: UploadedPart }
  | { do: "abort"; uploadId: string }
  /** Everybody has the event with this sequencer. */
  | { do: "notified"; sequencer: string }
  /** An event that not everybody has yet. */
  | { do: "event"; event: ObjectEvent };
