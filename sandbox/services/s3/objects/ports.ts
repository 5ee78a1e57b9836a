import type { Encryption, ObjectEvent } from "../storage/records";

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

/** Who is told of what happens to objects. */
export interface EventSink {
  /** Whether anybody asked for such an event. */
  wants(event: ObjectEvent): boolean;
  /** Something that was wanted has happened and is durable. */
  happened(event: ObjectEvent): void;
}
