import { tagList } from "../../../aws/tags";
import { S3Error } from "../errors";
import { tagsOf } from "./attributes";
import { ownerId } from "./lists";
import type { S3Handlers, S3Model } from "./types";

/** Buckets as such. */
export function bucketOperations(model: S3Model) {
  const { buckets, objects, uploads, region, accountId } = model;
  return {
    async CreateBucket({ Bucket = "", CreateBucketConfiguration, ObjectLockEnabledForBucket }) {
      const { LocationConstraint: asked, Tags } = CreateBucketConfiguration ?? {};
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
      const expected = region === "us-east-1" ? undefined : region;
      if (asked !== expected) {
        const what = asked ?? "unspecified";
        const rule = `The ${what} location constraint is incompatible for the region specific endpoint this request was sent to.`;
        throw new S3Error("IllegalLocationConstraintException", rule, 400);
      }
      if (ObjectLockEnabledForBucket) throw new S3Error("NotImplemented", "The sandbox has no Object Lock.", 501);
      const { arn } = await buckets.create(Bucket, tagsOf(Tags ?? []));
      return { Location: `/${Bucket}`, BucketArn: arn };
    },

    async DeleteBucket({ Bucket = "" }) {
      const { versioning } = buckets.state(Bucket);
      if (!objects.isEmpty(Bucket)) {
        const more = versioning ? " You must delete all versions in the bucket." : "";
        throw new S3Error("BucketNotEmpty", `The bucket you tried to delete is not empty.${more}`, 409, {
          BucketName: Bucket,
        });
      }
      await uploads.abortAll(Bucket);
      buckets.delete(Bucket);
      return {};
    },

    HeadBucket({ Bucket = "" }) {
      const { arn } = buckets.get(Bucket);
      return { BucketRegion: region, BucketArn: arn };
    },

    GetBucketLocation({ Bucket = "" }) {
      buckets.get(Bucket);
      return { LocationConstraint: region === "us-east-1" ? "" : region };
    },

    ListBuckets({ Prefix = "", MaxBuckets = 10_000, ContinuationToken }) {
      const after = buckets.list().filter(({ name }) => name.startsWith(Prefix) && name > (ContinuationToken ?? ""));
      const page = after.slice(0, MaxBuckets);
      return {
        Owner: { ID: ownerId(accountId), DisplayName: accountId },
        Buckets: page.map(({ name, arn, created }) => ({
          Name: name,
          CreationDate: created,
          BucketRegion: region,
          BucketArn: arn,
        })),
        Prefix: Prefix || undefined,
        ContinuationToken: page.length < after.length ? page.at(-1)?.name : undefined,
      };
    },

    GetBucketTagging({ Bucket = "" }) {
      const { tags } = buckets.get(Bucket);
      if (Object.keys(tags).length === 0) {
        throw new S3Error("NoSuchTagSet", "The TagSet does not exist", 404, { BucketName: Bucket });
      }
      return { TagSet: tagList(tags) };
    },
    PutBucketTagging({ Bucket = "", Tagging }) {
      buckets.setTags(Bucket, tagsOf(Tagging?.TagSet ?? []));
      return {};
    },
    DeleteBucketTagging({ Bucket = "" }) {
      buckets.setTags(Bucket, {});
      return {};
    },

    /** Lists of permissions are switched off by the bucket's ownership: the owner has them all. */
    GetBucketAcl({ Bucket = "" }) {
      buckets.get(Bucket);
      return ownersAcl(accountId);
    },
    GetObjectAcl({ Bucket = "", Key = "", VersionId }) {
      objects.get({ bucket: Bucket, key: Key }, VersionId);
      return ownersAcl(accountId);
    },
  } satisfies S3Handlers;
}

function ownersAcl(accountId: string) {
  const owner = { ID: ownerId(accountId), DisplayName: accountId };
  return { Owner: owner, Grants: [{ Grantee: { ...owner, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }] };
}
