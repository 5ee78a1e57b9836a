import type { JsonObject } from "../../aws/json";
import {
  boolean,
  json,
  length,
  list,
  matches,
  object,
  oneOf,
  type Property,
  set,
  string,
} from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { text, textMap, type ValueMap } from "../../provider/values";

const BUCKET_NAME = matches(
  /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
  "expected lower-case letters, digits, dots and hyphens only",
);

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/ */
function bucketType(name: "bucket" | "bucketV2"): ResourceType {
  // What the newer kind has as an object, the older one has as a list of one, named in the plural.
  const settings: Record<string, Property> = Object.fromEntries(
    ["logging", "replicationConfiguration", "serverSideEncryptionConfiguration", "versioning", "website"].map((key) =>
      name === "bucket" ? [key, object({ computed: true })] : [`${key}s`, list({ computed: true })],
    ),
  );
  return {
    token: `aws:s3/${name}:${name === "bucket" ? "Bucket" : "BucketV2"}`,
    label: "S3 Bucket",
    tagged: true,
    autoName: { property: "bucket", maxLength: 63, prefixProperty: "bucketPrefix", lowercase: true },
    properties: {
      accelerationStatus: string({ computed: true }),
      acl: string({ computed: true }),
      bucket: string({ computed: true, replaces: true }, length(3, 63), BUCKET_NAME),
      bucketNamespace: string({ computed: true, replaces: true }),
      bucketPrefix: string({ computed: true, replaces: true }),
      corsRules: list({ computed: true }),
      forceDestroy: boolean({ default: false }),
      grants: list({ computed: true }),
      lifecycleRules: list({ computed: true }),
      objectLockConfiguration: object({ computed: true }),
      objectLockEnabled: boolean({ computed: true, replaces: true }),
      policy: json({ computed: true }),
      region: string({ computed: true, replaces: true }),
      requestPayer: string({ computed: true }, oneOf("Requester", "BucketOwner")),
      ...settings,
    },
    outputs: [
      "arn",
      "bucketDomainName",
      "bucketRegion",
      "bucketRegionalDomainName",
      "hostedZoneId",
      "websiteDomain",
      "websiteEndpoint",
    ],
    async create(inputs, { models }) {
      return models.s3.createBucket(text(inputs, "bucket"), textMap(inputs, "tagsAll")).name;
    },
    async read(id, { models, region }) {
      const bucket = models.s3.find(id);
      if (!bucket) return undefined;
      return {
        arn: bucket.arn,
        bucket: id,
        bucketDomainName: `${id}.s3.amazonaws.com`,
        bucketPrefix: "",
        bucketRegion: region,
        bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
        hostedZoneId: "Z3AQBSTGFYJSTF",
        tagsAll: bucket.tags,
        websiteDomain: "",
        websiteEndpoint: "",
      };
    },
    async update(id, { news }, { models }) {
      models.s3.setTags(id, textMap(news, "tagsAll"));
    },
    async delete(id, _state, { models }) {
      models.s3.deleteBucket(id);
    },
  };
}

/** A setting of a bucket that has a resource of its own. Its id is the bucket's name. */
function settingType(name: string, label: string, properties: Record<string, Property>): ResourceType {
  const kind = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const settingOf = (inputs: ValueMap): JsonObject =>
    JSON.parse(JSON.stringify(Object.fromEntries(Object.keys(properties).map((key) => [key, inputs[key]]))));
  return {
    token: `aws:s3/${name}:${kind}`,
    label,
    properties: {
      bucket: string({ required: true, replaces: true }),
      region: string({ computed: true, replaces: true }),
      ...properties,
    },
    outputs: [],
    async create(inputs, { models }) {
      const bucket = text(inputs, "bucket");
      models.s3.put(bucket, kind, settingOf(inputs));
      return bucket;
    },
    async read(id, { models }) {
      const value = models.s3.setting(id, kind);
      return value && { bucket: id, ...value };
    },
    async update(id, { news }, { models }) {
      models.s3.put(id, kind, settingOf(news));
    },
    async delete(id, state, { models }) {
      if (state.skipDestroy !== true) models.s3.clear(id, kind);
    },
  };
}

const expectedBucketOwner = string({ replaces: true });

export const s3Types: ResourceType[] = [
  bucketType("bucket"),
  bucketType("bucketV2"),
  settingType("bucketPolicy", "S3 Bucket Policy", { policy: json({ required: true }) }),
  settingType("bucketPublicAccessBlock", "S3 Bucket Public Access Block", {
    blockPublicAcls: boolean({ default: false }),
    blockPublicPolicy: boolean({ default: false }),
    ignorePublicAcls: boolean({ default: false }),
    restrictPublicBuckets: boolean({ default: false }),
    skipDestroy: boolean(),
  }),
  settingType("bucketVersioning", "S3 Bucket Versioning", {
    expectedBucketOwner,
    mfa: string(),
    versioningConfiguration: object({ required: true }),
  }),
  settingType("bucketServerSideEncryptionConfiguration", "S3 Bucket Encryption", {
    expectedBucketOwner,
    rules: list({ required: true }),
  }),
  settingType("bucketOwnershipControls", "S3 Bucket Ownership Controls", { rule: object({ required: true }) }),
  settingType("bucketLogging", "S3 Bucket Logging", {
    expectedBucketOwner,
    targetBucket: string({ required: true }),
    targetGrants: set(),
    targetObjectKeyFormat: object(),
    targetPrefix: string({ required: true }),
  }),
  settingType("bucketLifecycleConfiguration", "S3 Bucket Lifecycle", {
    expectedBucketOwner,
    rules: list({ computed: true }),
    timeouts: object(),
    transitionDefaultMinimumObjectSize: string(
      { computed: true },
      oneOf("all_storage_classes_128K", "varies_by_storage_class"),
    ),
  }),
];
