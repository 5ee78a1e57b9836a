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
    violates("all but some", as(policy({ NotPrincipal: { AWS: "111122223333" } })), /Principal/),
    violates(
      "everyone, where the request names no organization",
      as(policy({ Principal: "*", Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } })),
      /Principal/,
    ),
    violates(
      "everyone of any organization",
      as(policy({ Principal: "*", Condition: { Null: { "aws:PrincipalOrgID": "false" } } })),
      /Principal/,
    ),
    violates(
      "a role of any account",
      as(policy({ Principal: "*", Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/loader" } } })),
      /Principal/,
    ),
    violates(
      "everyone, and the organization besides",
      as(policy({ Principal: "*", Condition: { StringLike: { "aws:PrincipalOrgID": ["o-1", "*"] } } })),
      /Principal/,
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
