import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import type { JsonObject } from "../../aws/json";
import type { Tags } from "../../aws/tags";
import { defineService } from "../service";
import { s3Types } from "./resources";

export interface Bucket {
  name: string;
  arn: string;
  tags: Tags;
}

/** One setting of a bucket, such as its policy or its encryption, in the shape in which it was given. */
interface Setting {
  bucket: string;
  kind: string;
  value: JsonObject;
}

/** Buckets and their settings; there are no objects in them. */
export class S3 {
  private readonly buckets;
  private readonly settings;

  constructor(private readonly context: Context) {
    this.buckets = context.store.collection<Bucket>("s3/buckets");
    this.settings = context.store.collection<Setting>("s3/settings");
  }

  /** @throws AwsError `InvalidBucketName`, `BucketAlreadyOwnedByYou` */
  createBucket(name: string, tags: Tags = {}): Bucket {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes("..") || /^\d+(\.\d+){3}$/.test(name)) {
      throw new AwsError("InvalidBucketName", `The specified bucket is not valid: ${name}`);
    }
    if (this.buckets.get(name)) {
      throw new AwsError(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        409,
      );
    }
    const bucket = { name, arn: this.context.account.arn("s3", name, { region: "", account: "" }), tags };
    this.buckets.put(name, bucket);
    return bucket;
  }

  find(name: string): Bucket | undefined {
    return this.buckets.get(name);
  }

  list(): Bucket[] {
    return this.buckets.list();
  }

  setTags(name: string, tags: Tags): void {
    this.buckets.put(name, { ...this.get(name), tags });
  }

  deleteBucket(name: string): void {
    this.get(name);
    for (const { bucket, kind } of this.settings.list()) if (bucket === name) this.settings.delete(`${name}/${kind}`);
    this.buckets.delete(name);
  }

  put(bucket: string, kind: string, value: JsonObject): void {
    this.get(bucket);
    this.settings.put(`${bucket}/${kind}`, { bucket, kind, value });
  }

  setting(bucket: string, kind: string): JsonObject | undefined {
    return this.settings.get(`${bucket}/${kind}`)?.value;
  }

  clear(bucket: string, kind: string): void {
    this.settings.delete(`${bucket}/${kind}`);
  }

  private get(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (!bucket) throw new AwsError("NoSuchBucket", `The specified bucket does not exist: ${name}`, 404);
    return bucket;
  }
}

export const s3 = defineService({
  name: "s3",
  api: {
    form: "xml",
    // The largest list of parts or of objects to be deleted.
    largestBody: 4 * 1_024 * 1_024,
    async client(config) {
      const sdk = await import("@aws-sdk/client-s3");
      return [sdk, new sdk.S3Client(config).config];
    },
  },
  open: (context) => new S3(context),
  operations: () => ({}),
  resources: s3Types,
});
