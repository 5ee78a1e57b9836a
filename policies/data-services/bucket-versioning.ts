import { definePolicy } from "../framework/policy";
import { buckets, bucketVersioningTypes } from "../framework/types";

export const bucketVersioning = definePolicy({
  name: "bucket-versioning",
  area: "data-services",
  entry: 39,
  description: "An S3 bucket must keep versions of its objects.",
  why: "an overwritten or deleted load file is otherwise gone",
  mend: "add an aws.s3.BucketVersioning for the bucket with status Enabled",
  severity: "low",
  level: "mandatory",
  controls: ["SecurityHub S3.14", "CKV_AWS_21"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-14",
  stackTypes: [...buckets],
  stackChecks: [
    (bucket, { graph, violation }) => {
      const [versioning] = graph.referrers(bucket, bucketVersioningTypes, "bucket");
      if (versioning) {
        const status = versioning.child("versioningConfiguration")?.text("status");
        if (status !== "Enabled") violation(`status of ${versioning.name} is ${status ?? "not set"}`);
        return;
      }
      // Written inline in the two kinds of bucket: as an object, or as a list of one.
      const key = bucket.as("aws:s3/bucketV2:BucketV2") ? "versionings" : "versioning";
      const [inline] = bucket.set(key) ? bucket.items(key) : [];
      if (inline?.flag("enabled") !== true) violation("it keeps no versions");
    },
  ],
});
