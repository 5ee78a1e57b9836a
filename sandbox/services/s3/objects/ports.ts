import type { Encryption } from "../storage/records";

/** What objects need to know of their bucket. */
export interface BucketState {
  name: string;
  /** Undefined until it is set for the first time. */
  versioning?: "Enabled" | "Suspended";
  /** What encrypts objects for which nothing else was asked. */
  encryption: Encryption;
}

export interface BucketStates {
  /** @throws S3Error `NoSuchBucket` */
  state(bucket: string): BucketState;
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

/** Something that happened to an object and is durable. */
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
  time: Date;
}
