import { covers, type Statement, statementsOf } from "../framework/iam-document";
import { definePolicy } from "../framework/policy";
import { buckets } from "../framework/types";

/** Whether a statement turns away every request without TLS: any other condition in it would let some through. */
function refusesPlain({ allow, principals, actions, resources, condition }: Statement): boolean {
  if (allow || !principals.includes("*")) return false;
  if (!["s3:GetObject", "s3:PutObject"].every((action) => covers(actions, action))) return false;
  if (!resources.some((resource) => resource.endsWith("*"))) return false;
  const demands = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key, value: String(value) })),
  );
  return (
    demands.length === 1 &&
    demands.every(
      ({ operator, key, value }) =>
        /^bool/i.test(operator) && key.toLowerCase() === "aws:securetransport" && value === "false",
    )
  );
}

export const bucketTlsOnly = definePolicy({
  name: "bucket-tls-only",
  area: "data-services",
  entry: 39,
  description: "An S3 bucket must refuse requests without TLS.",
  why: "rows unloaded there otherwise may cross the network in the clear",
  mend: 'add an aws.s3.BucketPolicy that denies everything to everyone when aws:SecureTransport is "false"',
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub S3.5", "CIS-AWS-Foundations-5.0.0 2.1.1"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
  stackTypes: [...buckets],
  stackChecks: [
    (bucket, { graph, violation }) => {
      const policies = graph.referrers(bucket, ["aws:s3/bucketPolicy:BucketPolicy"], "bucket");
      const statements = policies.flatMap((one) => statementsOf(one.peek("policy"), `${one.name}.policy`));
      if (policies.length === 0 && bucket.set("policy"))
        statements.push(...statementsOf(bucket.peek("policy"), "policy"));
      if (!statements.some(refusesPlain)) violation("no policy of it denies requests without TLS");
    },
  ],
});
