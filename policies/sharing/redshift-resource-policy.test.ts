import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { redshiftResourcePolicy } from "./redshift-resource-policy";

const policy = (more: object) =>
  JSON.stringify({ Statement: [{ Sid: "restore", Effect: "Allow", Action: "redshift-serverless:*", ...more }] });
const as = (text: unknown) => ({ "policy.policy": text });

testPolicy(
  redshiftResourcePolicy,
  {
    policy: resource("aws:redshiftserverless/resourcePolicy:ResourcePolicy", {
      resourceArn: unknown,
      policy: policy({ Principal: { AWS: "111122223333" } }),
    }),
  },
  [
    violates("everyone", as(policy({ Principal: "*" })), /policy: policy \(restore\) allows Principal "\*"/),
    violates("every AWS principal", as(policy({ Principal: { AWS: ["111122223333", "*"] } })), /Principal/),
    violates(
      "a document instead of text",
      as({ Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "*" } }),
      /Principal/,
    ),
    violates(
      "everyone, narrowed by a condition that narrows nothing",
      as(policy({ Principal: "*", Condition: { StringLike: { "aws:PrincipalOrgID": "*" } } })),
      /Principal/,
    ),
    violates(
      "that of a cluster",
      { old: resource("aws:redshift/resourcePolicy:ResourcePolicy", { policy: policy({ Principal: "*" }) }) },
      /old: policy/,
    ),
    undecided("a policy not known yet", as(unknown), /policy/),
    undecided(
      "a document with a value not known yet",
      as({ Statement: [{ Effect: "Allow", Principal: { AWS: unknown }, Action: "*" }] }),
      /policy/,
    ),
    passes(
      "everyone in the organization",
      as(policy({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })),
    ),
    passes("a denial", as(policy({ Principal: "*", Effect: "Deny" }))),
    passes("none", as(absent)),
  ],
);
