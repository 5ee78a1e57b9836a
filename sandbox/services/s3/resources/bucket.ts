import {
  boolean,
  json,
  length,
  list,
  matches,
  object,
  oneOf,
  type Property,
  string,
} from "../../../provider/resource/property";
import { lookUp } from "../../../provider/resource/resource";
import type { ResourceType, TypeContext } from "../../../provider/resource/resource-type";
import { tagList, tagRecord } from "../../../provider/resource/tagging";
import { isEmpty, isMap, maps, text, textMap, type ValueMap } from "../../../provider/values";
import { S3Error } from "../errors";
import { toApi } from "./names";

const bucketName = matches(
  /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
  "expected lower-case letters, digits, dots and hyphens only",
);

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/ */
export function bucketType(name: "bucket" | "bucketV2"): ResourceType {
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
      bucket: string({ computed: true, replaces: true }, length(3, 63), bucketName),
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
    async create(inputs, context) {
      const Bucket = text(inputs, "bucket");
      const { call, region } = context;
      // In us-east-1 S3 makes a bucket again without a word; hashicorp/terraform-provider-aws looks first (internal/service/s3/bucket.go).
      if (await lookUp(context, "HeadBucket", { Bucket })) {
        throw new S3Error("BucketAlreadyExists", `The requested bucket name is not available: ${Bucket}`, 409);
      }
      const place: ValueMap =
        region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
      await call("CreateBucket", { Bucket, ...place });
      await configure(Bucket, inputs, () => true, context);
      await writeTags(Bucket, inputs, context);
      return Bucket;
    },
    async read(id, context) {
      const { region, account } = context;
      const bucket = await lookUp(context, "HeadBucket", { Bucket: id });
      if (!bucket) return undefined;
      const tags = await lookUp(context, "GetBucketTagging", { Bucket: id });
      return {
        arn: account.arn("s3", id, { region: "", account: "" }),
        bucket: id,
        bucketDomainName: `${id}.s3.amazonaws.com`,
        bucketPrefix: "",
        bucketRegion: region,
        bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
        hostedZoneId: "Z3AQBSTGFYJSTF",
        tagsAll: tagRecord(tags?.TagSet),
        websiteDomain: "",
        websiteEndpoint: "",
      };
    },
    async update(id, { news, changed }, context) {
      await configure(id, news, (key) => changed.has(key), context);
      await writeTags(id, news, context);
    },
    async delete(id, state, context) {
      if (state.forceDestroy === true) await empty(id, context);
      await context.call("DeleteBucket", { Bucket: id });
    },
  };
}

/** What a bucket's own arguments configure, which separate resources do for most. */
async function configure(
  Bucket: string,
  inputs: ValueMap,
  isWanted: (key: string) => boolean,
  { call }: TypeContext,
): Promise<void> {
  const given = (key: string): ValueMap | undefined => {
    const value = isWanted(key) && !isEmpty(inputs[key]) ? inputs[key] : undefined;
    const first = Array.isArray(value) ? value[0] : value;
    return isMap(first) ? first : undefined;
  };
  const versioning = given("versioning") ?? given("versionings");
  if (versioning) {
    const Status = versioning.enabled === true ? "Enabled" : "Suspended";
    await call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status } });
  }
  const encryption = given("serverSideEncryptionConfiguration") ?? given("serverSideEncryptionConfigurations");
  if (encryption) {
    const rules = isMap(encryption.rule) ? [encryption.rule] : maps(encryption, "rules");
    const Rules = rules.map((rule) => toApi(oneLevel(rule)));
    await call("PutBucketEncryption", { Bucket, ServerSideEncryptionConfiguration: { Rules } });
  }
  if (isWanted("policy") && typeof inputs.policy === "string") {
    await call("PutBucketPolicy", { Bucket, Policy: inputs.policy });
  }
}

/** Lists of one, which the older kind has, as their one. */
function oneLevel(rule: ValueMap): ValueMap {
  return Object.fromEntries(
    Object.entries(rule).map(([name, value]) => [name, (Array.isArray(value) ? value[0] : value) ?? null]),
  );
}

async function writeTags(Bucket: string, inputs: ValueMap, { call }: TypeContext): Promise<void> {
  const tags = textMap(inputs, "tagsAll");
  if (isEmpty(tags)) await call("DeleteBucketTagging", { Bucket });
  else await call("PutBucketTagging", { Bucket, Tagging: { TagSet: tagList(tags) } });
}

/** Deletes every version of every object, in the pages in which they are listed. */
async function empty(Bucket: string, { call }: TypeContext): Promise<void> {
  for (;;) {
    const page = await call("ListObjectVersions", { Bucket });
    const found = [...maps(page, "Versions"), ...maps(page, "DeleteMarkers")];
    if (found.length === 0) return;
    const Objects = found.map(({ Key = "", VersionId = "" }) => ({ Key, VersionId }));
    const { Errors } = await call("DeleteObjects", { Bucket, Delete: { Objects, Quiet: true } });
    if (!isEmpty(Errors)) throw new Error(`Objects of ${Bucket} could not be deleted: ${JSON.stringify(Errors)}`);
  }
}
