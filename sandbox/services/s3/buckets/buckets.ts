import type { Context } from "../../../aws/context";
import type { Tags } from "../../../aws/tags";
import { noSuchBucket, S3Error } from "../errors";
import { validateBucketName } from "../keys/validate";
import type { BucketState, BucketStates } from "../objects/ports";
import type { Encryption } from "../storage/records";
import { type Configurations, initial, type Kind, notConfigured, standard } from "./configurations";

export interface Bucket {
  name: string;
  arn: string;
  tags: Tags;
  /** ISO 8601. */
  created: string;
}

/** Buckets and what is configured of them, as records of the account. Their objects lie elsewhere. */
export class Buckets implements BucketStates {
  private readonly buckets;
  private readonly configurations;

  constructor(
    private readonly context: Context,
    /** The ARN of the account's own key for S3. */
    private readonly managedKey: () => string,
  ) {
    this.buckets = context.store.collection<Bucket>("s3/buckets");
    this.configurations = context.store.collection<object>("s3/configurations");
  }

  /**
   * In us-east-1 a bucket can be made again, which changes nothing.
   * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
   * @throws S3Error `InvalidBucketName`, `BucketAlreadyOwnedByYou`
   */
  create(name: string, tags: Tags = {}): Bucket {
    validateBucketName(name);
    const { account } = this.context;
    const existing = this.buckets.get(name);
    if (existing && account.region === "us-east-1") return existing;
    if (existing) {
      const message = "Your previous request to create the named bucket succeeded and you already own it.";
      throw new S3Error("BucketAlreadyOwnedByYou", message, 409, { BucketName: name });
    }
    const arn = account.arn("s3", name, { region: "", account: "" });
    const bucket = { name, arn, tags, created: new Date().toISOString() };
    // A bucket without its beginnings would be open to the public; beginnings without a bucket are overwritten.
    for (const [kind, value] of Object.entries(initial)) this.configurations.put(`${name}/${kind}`, value);
    this.buckets.put(name, bucket);
    return bucket;
  }

  /** @throws S3Error `NoSuchBucket` */
  get(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (!bucket) throw noSuchBucket(name);
    return bucket;
  }

  has(name: string): boolean {
    return this.buckets.get(name) !== undefined;
  }

  /** In the order of their names. */
  list(): Bucket[] {
    return this.buckets.list().sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  setTags(name: string, tags: Tags): void {
    this.buckets.put(name, { ...this.get(name), tags });
  }

  delete(name: string): void {
    this.get(name);
    this.buckets.delete(name);
    for (const id of this.context.store.ids()["s3/configurations"] ?? []) {
      if (id.startsWith(`${name}/`)) this.configurations.delete(id);
    }
  }

  configure<K extends Kind>(name: string, kind: K, value: Configurations[K]): void {
    this.get(name);
    this.configurations.put(`${name}/${kind}`, value);
  }

  /** @returns what is configured, or what S3 has for its own */
  find<K extends Kind>(name: string, kind: K): Configurations[K] | undefined {
    this.get(name);
    return (this.configurations.get(`${name}/${kind}`) as Configurations[K] | undefined) ?? standard[kind];
  }

  /** @throws S3Error that there is no such configuration */
  configuration<K extends Kind>(name: string, kind: K): Configurations[K] {
    const found = this.find(name, kind);
    if (found === undefined) throw notConfigured(kind, name);
    return found;
  }

  clear(name: string, kind: Kind): void {
    this.get(name);
    this.configurations.delete(`${name}/${kind}`);
  }

  state(name: string): BucketState {
    const { Status: versioning } = this.configuration(name, "versioning");
    return { name, versioning, encryption: this.encryption(name) };
  }

  private encryption(name: string): Encryption {
    const [rule] = this.configuration(name, "encryption").Rules ?? [];
    const { SSEAlgorithm: algorithm = "AES256", KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
    if (algorithm !== "aws:kms" && algorithm !== "aws:kms:dsse") return { algorithm: "AES256" };
    return { algorithm, kmsKeyId: KMSMasterKeyID ?? this.managedKey(), bucketKey: rule?.BucketKeyEnabled ?? false };
  }
}
