import { type Statement, statementsOf } from "../framework/iam-document";
import { definePolicy } from "../framework/policy";
import { BUCKETS } from "../framework/types";

/** Whether a statement turns away requests without TLS. */
function refusesPlain({ allow, principals, condition }: Statement): boolean {
  if (allow || !principals.includes("*")) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      /^bool/i.test(operator) &&
      Object.entries(keys).some(
        ([key, value]) => key.toLowerCase() === "aws:securetransport" && String(value) === "false",
      ),
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
  stackTypes: [...BUCKETS],
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
