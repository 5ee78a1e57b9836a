import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { iamLeastPrivilege } from "./iam-least-privilege";

const document = (more: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "load", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::landing/*", ...more }],
  });
const trust = (more: object) =>
  JSON.stringify({
    Statement: {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "redshift-serverless.amazonaws.com" },
      ...more,
    },
  });
const githubIssuer = "token.actions.githubusercontent.com";
const github = (condition: object) =>
  trust({
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${githubIssuer}` },
    Condition: { StringLike: condition },
  });
const allows = (more: object) => ({ "policy.policy": document(more) });

testPolicy(
  iamLeastPrivilege,
  {
    role: resource("aws:iam/role:Role", { assumeRolePolicy: trust({}) }),
    policy: resource("aws:iam/rolePolicy:RolePolicy", { role: unknown, policy: document({}) }),
  },
  [
    violates(
      "everything",
      allows({ Action: "*", Resource: "*" }),
      /policy: policy \(load\) allows every action on every resource/,
    ),
    violates("everything, in a list", allows({ Action: ["s3:GetObject", "*"], Resource: ["*"] }), /every action/),
    violates("everything of every service", allows({ Action: "*:*", Resource: "*" }), /every action/),
    violates(
      "everything on all but one resource",
      allows({ Action: "*", Resource: undefined, NotResource: "arn:x" }),
      /every action/,
    ),
    violates("all but some actions", allows({ Action: undefined, NotAction: "iam:*" }), /NotAction/),
    violates(
      "decryption with every key",
      allows({ Action: "kms:Decrypt", Resource: "*" }),
      /allows kms:Decrypt on every key/,
    ),
    violates("decryption by a wildcard", allows({ Action: ["kms:De*"], Resource: "*" }), /kms:Decrypt/),
    violates(
      "a managed policy as a document",
      {
        managed: resource("aws:iam/policy:Policy", {
          policy: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
        }),
      },
      /managed: policy allows every action/,
    ),
    violates(
      "a user's",
      { user: resource("aws:iam/userPolicy:UserPolicy", { policy: document({ Action: "*", Resource: "*" }) }) },
      /user: policy/,
    ),
    violates(
      "a group's",
      { group: resource("aws:iam/groupPolicy:GroupPolicy", { policy: document({ Action: "*", Resource: "*" }) }) },
      /group: policy/,
    ),
    violates(
      "an inline one",
      { "role.inlinePolicies": [{ policy: document({ Action: "*", Resource: "*" }) }] },
      /inlinePolicies\[0\]\.policy \(load\) allows every action/,
    ),
    violates(
      "an inline one after one not known",
      { "role.inlinePolicies": [{ policy: unknown }, { policy: document({ Action: "*", Resource: "*" }) }] },
      /inlinePolicies\[1\]/,
    ),
    violates(
      "trust in everyone",
      { "role.assumeRolePolicy": trust({ Principal: "*" }) },
      /assumeRolePolicy trusts Principal/,
    ),
    violates(
      "trust in every AWS principal",
      { "role.assumeRolePolicy": trust({ Principal: { AWS: "*" } }) },
      /trusts Principal/,
    ),
    violates(
      "an administrator",
      { "role.managedPolicyArns": [unknown, "arn:aws:iam::aws:policy/AdministratorAccess"] },
      /role: it is given arn:aws:iam::aws:policy\/AdministratorAccess/,
    ),
    violates(
      "an administrator by attachment",
      {
        attach: resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
          policyArn: "arn:aws:iam::aws:policy/PowerUserAccess",
        }),
      },
      /attach: it is given/,
    ),
    violates(
      "decryption with every key of an account",
      allows({ Action: "kms:Decrypt", Resource: "arn:aws:kms:*:111122223333:key/*" }),
      /kms:Decrypt on every key/,
    ),
    violates(
      "decryption for one's own account, which limits nothing",
      allows({
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      }),
      /kms:Decrypt on every key/,
    ),
    violates(
      "decryption but through one service",
      allows({
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringNotEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
      }),
      /kms:Decrypt on every key/,
    ),
    violates(
      "trust in all but some",
      { "role.assumeRolePolicy": trust({ Principal: undefined, NotPrincipal: { AWS: "111122223333" } }) },
      /assumeRolePolicy trusts Principal/,
    ),
    violates(
      "trust in every workflow on GitHub",
      { "role.assumeRolePolicy": github({ [`${githubIssuer}:aud`]: "sts.amazonaws.com" }) },
      /trusts the workflows of every repository on GitHub/,
    ),
    violates(
      "trust in every repository by a wildcard",
      { "role.assumeRolePolicy": github({ [`${githubIssuer}:sub`]: ["repo:acme/warehouse:*", "repo:*"] }) },
      /every repository on GitHub/,
    ),
    passes("trust in one repository", {
      "role.assumeRolePolicy": github({ [`${githubIssuer}:sub`]: "repo:acme/warehouse:*" }),
    }),
    ...["userPolicyAttachment:User", "groupPolicyAttachment:Group", "policyAttachment:"].map((token) =>
      violates(
        `an administrator by ${token.split(":")[0]}`,
        {
          attach: resource(`aws:iam/${token}PolicyAttachment`, {
            policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
          }),
        },
        /attach: it is given/,
      ),
    ),
    undecided("a policy not known yet", { "policy.policy": unknown }, /policy/),
    undecided("trust not known yet", { "role.assumeRolePolicy": unknown }, /assumeRolePolicy/),
    passes("decryption with one key", allows({ Action: "kms:Decrypt", Resource: "arn:aws:kms:us-east-1:1:key/x" })),
    passes(
      "decryption through one service",
      allows({
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
      }),
    ),
    passes("listing everywhere", allows({ Action: "redshift-serverless:List*", Resource: "*" })),
    passes("a denial of everything", allows({ Effect: "Deny", Action: "*", Resource: "*" })),
    passes("trust in everyone of the organization", {
      "role.assumeRolePolicy": trust({
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      }),
    }),
    passes("no inline policies", { "role.inlinePolicies": absent, "role.managedPolicyArns": absent }),
    passes("a managed policy of the same program", {
      attach: resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { policyArn: unknown }),
    }),
  ],
);
