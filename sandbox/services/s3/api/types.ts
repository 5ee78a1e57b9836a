import type { Handlers, Input as InputOf } from "../../../aws/handlers";
import type { Buckets } from "../buckets/buckets";
import type { NotificationTargets } from "../notifications/ports";
import type { Objects } from "../objects/objects";
import type { Uploads } from "../objects/uploads";
import type { Encryption } from "../storage/records";

type Client = typeof import("@aws-sdk/client-s3");

export type S3Handlers = Handlers<Client>;
export type Input<Name extends keyof S3Handlers> = InputOf<Client, Name>;

/** What the operations work on. */
export interface S3Model {
  buckets: Buckets;
  objects: Objects;
  uploads: Uploads;
  keys: EncryptionKeys;
  targets: NotificationTargets;
  region: string;
  accountId: string;
}

export interface EncryptionKeys {
  /**
   * What a key encrypts with.
   * @param reference id, ARN or alias; the account's own key for S3 without one
   * @throws S3Error where the key cannot be used
   */
  encryptionWith(reference: string | undefined, bucketKey?: boolean): Encryption;
  /** @throws S3Error where the key of what is encrypted cannot be used now */
  check(encryption: Encryption): void;
}
