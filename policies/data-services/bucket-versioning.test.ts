import { absent, ref, resource, unknown } from "../testing/fixture";
import { namedLater } from "../testing/named-later";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { bucketVersioning } from "./bucket-versioning";

testPolicy(
  bucketVersioning,
  {
    bucket: resource("aws:s3/bucket:Bucket", { bucket: "unloads" }),
    versioning: resource("aws:s3/bucketVersioning:BucketVersioning", {
      bucket: ref("bucket"),
      versioningConfiguration: { status: "Enabled" },
    }),
  },
  [
    violates("none", { versioning: absent }, /bucket: it keeps no versions/),
    violates(
      "none, as the provider fills in later",
      { versioning: absent, "bucket.versioning": unknown },
      /keeps no versions/,
      { phases: ["preview", "sparse"] },
    ),
    violates("off, inline", { versioning: absent, "bucket.versioning": { enabled: false } }, /keeps no versions/),
    violates(
      "suspended",
      { "versioning.versioningConfiguration.status": "Suspended" },
      /status of versioning is Suspended/,
    ),
    violates("an old bucket", { old: resource("aws:s3/bucketV2:BucketV2", {}) }, /old: it keeps no versions/),
    violates(
      "an old bucket with the old resource",
      {
        old: resource("aws:s3/bucketV2:BucketV2", {}),
        its: resource("aws:s3/bucketVersioningV2:BucketVersioningV2", {
          bucket: ref("old"),
          versioningConfiguration: { status: "Disabled" },
        }),
      },
      /old: status of its is Disabled/,
    ),
    violates(
      "an old bucket, inline",
      { old: resource("aws:s3/bucketV2:BucketV2", { versionings: [{ enabled: false }] }) },
      /old: it keeps no versions/,
    ),
    passes("an old bucket that keeps them, inline", {
      old: resource("aws:s3/bucketV2:BucketV2", { versionings: [{ enabled: true }] }),
    }),
    undecided("a status not known yet", { "versioning.versioningConfiguration.status": unknown }, /status/),
    passes("inline", { versioning: absent, "bucket.versioning": { enabled: true } }),
    ...namedLater("bucket.bucket", "versioning.bucket"),
  ],
);
