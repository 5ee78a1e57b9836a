import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { namespaceDefaultRole } from "./namespace-default-role";

const other = "arn:aws:iam::111122223333:role/other";
const role = (name: string) => resource("aws:iam/role:Role", { name });

testPolicy(
  namespaceDefaultRole,
  {
    load: resource("aws:iam/role:Role", {}),
    ns: resource("aws:redshiftserverless/namespace:Namespace", {
      defaultIamRoleArn: ref("load", "arn"),
      iamRoles: [ref("load", "arn")],
    }),
  },
  [
    violates("roles without it", { "ns.iamRoles": [other] }, /ns: defaultIamRoleArn is load, which is not in iamRoles/),
    violates("no roles", { "ns.iamRoles": absent }, /not in iamRoles/),
    violates("a role given as text", { "ns.defaultIamRoleArn": other }, /defaultIamRoleArn is arn:aws:iam/, {
      phases: ["deployed"],
    }),
    violates("two roles given as text", { "ns.defaultIamRoleArn": other, "ns.iamRoles": ["arn:x"] }, /not in iamRoles/),
    undecided(
      "a role given as text that ends in the name of one of the roles",
      { load: role("load"), "ns.defaultIamRoleArn": "arn:aws:iam::111122223333:role/etl/load" },
      /ns: undecided, since load\.arn is/,
    ),
    undecided(
      "a role that may be among those given as text",
      { load: role("load"), "ns.iamRoles": [other, "arn:aws:iam::111122223333:role/load"] },
      /ns: undecided, since load\.arn is/,
    ),
    violates(
      "a role of another name among those given as text",
      { load: role("load"), "ns.iamRoles": ["arn:aws:iam::111122223333:role/upload"] },
      /ns: defaultIamRoleArn is load/,
    ),
    violates(
      "a role of that name in another account",
      { load: role("load"), "ns.defaultIamRoleArn": "arn:aws:iam::444455556666:role/load" },
      /defaultIamRoleArn is arn:aws:iam::444455556666/,
      { phases: ["deployed"] },
    ),
    undecided("roles not known yet", { "ns.defaultIamRoleArn": other, "ns.iamRoles": [unknown] }, /iamRoles/, {
      phases: ["preview"],
    }),
    passes("no default role", { "ns.defaultIamRoleArn": absent }),
    passes("no default role, in AWS's words", { "ns.defaultIamRoleArn": "", "ns.iamRoles": absent }),
    passes("both given as text", { "ns.defaultIamRoleArn": other, "ns.iamRoles": ["arn:x", other] }),
  ],
);
