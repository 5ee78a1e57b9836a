import { absent, ref, resource, unknown } from "../testing/fixture";
import { namedLater } from "../testing/named-later";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { bucketTlsOnly } from "./bucket-tls-only";

const policy = (more: object) =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        ...more,
      },
    ],
  });

testPolicy(
  bucketTlsOnly,
  {
    bucket: resource("aws:s3/bucket:Bucket", { bucket: "unloads" }),
    policy: resource("aws:s3/bucketPolicy:BucketPolicy", { bucket: ref("bucket"), policy: policy({}) }),
  },
  [
    violates("no policy", { policy: absent }, /bucket: no policy of it denies/),
    violates("that of another bucket", { "policy.bucket": "elsewhere" }, /no policy/),
    violates("one that denies something else", { "policy.policy": policy({ Condition: {} }) }, /no policy/),
    violates("one that allows it", { "policy.policy": policy({ Effect: "Allow" }) }, /no policy/),
    violates(
      "one that denies requests with TLS",
      { "policy.policy": policy({ Condition: { Bool: { "aws:SecureTransport": "true" } } }) },
      /no policy/,
    ),
    violates(
      "one that denies it to one user only",
      { "policy.policy": policy({ Principal: { AWS: "111122223333" } }) },
      /no policy/,
    ),
    violates("an old bucket", { old: resource("aws:s3/bucketV2:BucketV2", {}) }, /old: no policy/),
    violates("one that denies writing only", { "policy.policy": policy({ Action: "s3:PutObject" }) }, /no policy/),
    violates(
      "one that denies one object only",
      { "policy.policy": policy({ Resource: "arn:aws:s3:::unloads/report.csv" }) },
      /no policy/,
    ),
    violates(
      "one that denies it from one network only",
      {
        "policy.policy": policy({
          Condition: { Bool: { "aws:SecureTransport": "false" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
        }),
      },
      /no policy/,
    ),
    violates(
      "one that denies it to all but one user",
      { "policy.policy": policy({ Principal: undefined, NotPrincipal: { AWS: "111122223333" } }) },
      /no policy/,
    ),
    undecided("a policy not known yet", { "policy.policy": ref("bucket", "arn") }, /policy\.policy/),
    undecided("its text not known yet", { "policy.policy": unknown }, /policy\.policy/),
    passes("a boolean, and every AWS principal", {
      "policy.policy": policy({ Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": false } } }),
    }),
    passes("inline", { policy: absent, "bucket.policy": policy({}) }),
    ...namedLater("bucket.bucket", "policy.bucket"),
  ],
);
