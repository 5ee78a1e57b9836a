import type { Tags } from "../../aws/tags";

export interface QueueRecord {
  name: string;
  /** Those that were given, as texts, by their names; the others have their defaults. */
  attributes: Record<string, string>;
  tags: Tags;
  /** Seconds since 1970, as attributes have it. */
  createdAt: number;
  modifiedAt: number;
}

/** An attribute of a message as clients send it, bytes in base64. */
export interface MessageAttribute {
  type: string;
  text?: string;
  bytes?: string;
}

export interface MessageRecord {
  id: string;
  body: string;
  attributes: Record<string, MessageAttribute>;
  /** Milliseconds since 1970. */
  sentAt: number;
  /** Not given to anybody before. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** The ARN of the queue that gave it up. */
  deadLetterSource?: string;
}
