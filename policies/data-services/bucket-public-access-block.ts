import { definePolicy } from "../framework/policy";
import { buckets } from "../framework/types";

const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

export const bucketPublicAccessBlock = definePolicy({
  name: "bucket-public-access-block",
  area: "data-services",
  entry: 39,
  description: "An S3 bucket must block public access in all four ways.",
  why: "one careless ACL or policy otherwise publishes what was unloaded there",
  mend: "add an aws.s3.BucketPublicAccessBlock for the bucket with all four settings true",
  severity: "high",
  level: "mandatory",
  controls: [
    "SecurityHub S3.8",
    "CIS-AWS-Foundations-5.0.0 2.1.4",
    "CKV_AWS_53",
    "CKV_AWS_54",
    "CKV_AWS_55",
    "CKV_AWS_56",
  ],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
  stackTypes: [...buckets],
  stackChecks: [
    (bucket, { graph, violation, undecided }) => {
      const [block] = graph.referrers(bucket, ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"], "bucket");
      if (!block) return violation("nothing blocks public access to it");
      const off = flags.filter((key) => {
        const seen = block.peek(key);
        if (seen.state === "unknown") undecided(`${block.name}.${key}`);
        return seen.state === "absent" || (seen.state === "known" && String(seen.value) !== "true");
      });
      if (off.length > 0) violation(`${off.join(", ")} of ${block.name} is not true`);
    },
  ],
});
