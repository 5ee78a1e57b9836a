import type { Tags } from "../../aws/tags";

/** A secret's value as requests carry it: bytes over HTTP, Base64 from Pulumi. */
export interface GivenValue {
  ClientRequestToken?: string;
  SecretString?: string;
  SecretBinary?: string | Uint8Array;
}

/** A secret's value as it rests. */
export interface SecretValue extends GivenValue {
  SecretBinary?: string;
}

/** One value of a secret. `text` and `binary` (base64) are encrypted. */
export interface VersionRecord {
  versionId: string;
  text?: string;
  binary?: string;
  /** KMS keys that open it, one of which is enough. */
  keyIds?: string[];
  stages: string[];
  /** Epoch seconds. */
  createdAt: number;
}

/** A secret. Times are epoch seconds. */
export interface SecretRecord {
  arn: string;
  name: string;
  description?: string;
  kmsKeyId?: string;
  owningService?: string;
  policy?: string;
  tags: Tags;
  createdAt: number;
  changedAt: number;
  accessedAt?: number;
  /** When its deletion was asked for, and when it comes. */
  deletedAt?: number;
  purgeAt?: number;
  versions: VersionRecord[];
}
