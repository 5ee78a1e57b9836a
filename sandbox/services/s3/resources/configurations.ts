import { boolean, json, list, object, oneOf, type Property, set, string } from "../../../provider/resource/property";
import { lookUp } from "../../../provider/resource/resource";
import type { ResourceType } from "../../../provider/resource/resource-type";
import { defined, isMap, maps, text, type ValueMap } from "../../../provider/values";
import { fromApi, toApi } from "./names";

/** What of a bucket is configured by a resource of its own. Its id is the bucket's name. */
interface Configured {
  name: string;
  label: string;
  properties: Record<string, Property>;
  put: string;
  /** What the request says beside the bucket. */
  request(inputs: ValueMap): ValueMap;
  get: string;
  /** What is configured; undefined where nothing is. */
  shown(answer: ValueMap): ValueMap | undefined;
  /** What takes it away. */
  remove: readonly [operation: string, input?: ValueMap];
}

function configurationType({ name, label, properties, put, request, get, shown, remove }: Configured): ResourceType {
  return {
    token: `aws:s3/${name}:${name[0]!.toUpperCase()}${name.slice(1)}`,
    label,
    properties: {
      bucket: string({ required: true, replaces: true }),
      region: string({ computed: true, replaces: true }),
      ...properties,
    },
    outputs: [],
    async create(inputs, { call }) {
      const Bucket = text(inputs, "bucket");
      await call(put, { Bucket, ...request(inputs) });
      return Bucket;
    },
    async read(id, context) {
      const answer = await lookUp(context, get, { Bucket: id });
      const found = answer && shown(answer);
      return found && { bucket: id, ...found };
    },
    async update(id, { news }, { call }) {
      await call(put, { Bucket: id, ...request(news) });
    },
    async delete(id, state, { call }) {
      if (state.skipDestroy !== true) await call(remove[0], { Bucket: id, ...remove[1] });
    },
  };
}

/** Some of the inputs, in the shape of the API. */
function some(inputs: ValueMap, ...keys: string[]): ValueMap {
  return toApi(defined(Object.fromEntries(keys.map((key) => [key, inputs[key]]))));
}

const expectedBucketOwner = string({ replaces: true });
const logging = ["targetBucket", "targetPrefix", "targetGrants", "targetObjectKeyFormat"];
const publicAccess = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const configurationTypes: ResourceType[] = [
  configurationType({
    name: "bucketPolicy",
    label: "S3 Bucket Policy",
    properties: { policy: json({ required: true }) },
    put: "PutBucketPolicy",
    request: (inputs) => ({ Policy: text(inputs, "policy") }),
    get: "GetBucketPolicy",
    shown: fromApi,
    remove: ["DeleteBucketPolicy"],
  }),
  configurationType({
    name: "bucketPublicAccessBlock",
    label: "S3 Bucket Public Access Block",
    properties: {
      ...Object.fromEntries(publicAccess.map((key) => [key, boolean({ default: false })])),
      skipDestroy: boolean(),
    },
    put: "PutPublicAccessBlock",
    request: (inputs) => ({ PublicAccessBlockConfiguration: some(inputs, ...publicAccess) }),
    get: "GetPublicAccessBlock",
    shown: ({ PublicAccessBlockConfiguration: found }) => (isMap(found) ? fromApi(found) : undefined),
    remove: ["DeletePublicAccessBlock"],
  }),
  configurationType({
    name: "bucketVersioning",
    label: "S3 Bucket Versioning",
    properties: { expectedBucketOwner, mfa: string(), versioningConfiguration: object({ required: true }) },
    put: "PutBucketVersioning",
    request: (inputs) => some(inputs, "versioningConfiguration"),
    get: "GetBucketVersioning",
    shown: (answer) => (answer.Status === undefined ? undefined : { versioningConfiguration: fromApi(answer) }),
    // It cannot be switched off: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
    remove: ["PutBucketVersioning", { VersioningConfiguration: { Status: "Suspended" } }],
  }),
  configurationType({
    name: "bucketServerSideEncryptionConfiguration",
    label: "S3 Bucket Encryption",
    properties: { expectedBucketOwner, rules: list({ required: true }) },
    put: "PutBucketEncryption",
    request: (inputs) => ({ ServerSideEncryptionConfiguration: some(inputs, "rules") }),
    get: "GetBucketEncryption",
    shown: ({ ServerSideEncryptionConfiguration: found }) => (isMap(found) ? fromApi(found) : undefined),
    remove: ["DeleteBucketEncryption"],
  }),
  configurationType({
    name: "bucketOwnershipControls",
    label: "S3 Bucket Ownership Controls",
    properties: { rule: object({ required: true }) },
    put: "PutBucketOwnershipControls",
    request: ({ rule }) => ({ OwnershipControls: { Rules: isMap(rule) ? [toApi(rule)] : [] } }),
    get: "GetBucketOwnershipControls",
    shown({ OwnershipControls: found }) {
      const [rule] = isMap(found) ? maps(found, "Rules") : [];
      return rule && { rule: fromApi(rule) };
    },
    remove: ["DeleteBucketOwnershipControls"],
  }),
  configurationType({
    name: "bucketLogging",
    label: "S3 Bucket Logging",
    properties: {
      expectedBucketOwner,
      targetBucket: string({ required: true }),
      targetGrants: set(),
      targetObjectKeyFormat: object(),
      targetPrefix: string({ required: true }),
    },
    put: "PutBucketLogging",
    request: (inputs) => ({ BucketLoggingStatus: { LoggingEnabled: some(inputs, ...logging) } }),
    get: "GetBucketLogging",
    shown: ({ LoggingEnabled: found }) => (isMap(found) ? fromApi(found) : undefined),
    remove: ["PutBucketLogging", { BucketLoggingStatus: {} }],
  }),
  configurationType({
    name: "bucketLifecycleConfiguration",
    label: "S3 Bucket Lifecycle",
    properties: {
      expectedBucketOwner,
      rules: list({ computed: true }),
      timeouts: object(),
      transitionDefaultMinimumObjectSize: string(
        { computed: true },
        oneOf("all_storage_classes_128K", "varies_by_storage_class"),
      ),
    },
    put: "PutBucketLifecycleConfiguration",
    request: (inputs) => ({
      LifecycleConfiguration: some(inputs, "rules"),
      ...some(inputs, "transitionDefaultMinimumObjectSize"),
    }),
    get: "GetBucketLifecycleConfiguration",
    shown: fromApi,
    remove: ["DeleteBucketLifecycle"],
  }),
];
