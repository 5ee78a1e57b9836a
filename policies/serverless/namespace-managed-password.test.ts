import { absent, resource, unknown } from "../testing/fixture";
import { testPolicy, undecided, violates } from "../testing/table";
import { namespaceManagedPassword } from "./namespace-managed-password";

testPolicy(
  namespaceManagedPassword,
  { ns: resource("aws:redshiftserverless/namespace:Namespace", { namespaceName: "bi", manageAdminPassword: true }) },
  [
    violates(
      "a password passed in",
      { "ns.adminUserPassword": "hunter2", "ns.manageAdminPassword": absent },
      /ns: adminUserPassword is set/,
    ),
    violates("one passed in besides", { "ns.adminUserPassword": "hunter2" }, /adminUserPassword is set/),
    violates("one that is not known yet", { "ns.adminUserPassword": unknown }, /adminUserPassword is set/),
    violates("a write-only one", { "ns.adminUserPasswordWo": "hunter2" }, /adminUserPasswordWo is set/),
    violates("no password at all", { "ns.manageAdminPassword": absent }, /manageAdminPassword is not set/),
    violates("not managed", { "ns.manageAdminPassword": false }, /manageAdminPassword is false/),
    undecided("not known yet", { "ns.manageAdminPassword": unknown }, /manageAdminPassword/),
  ],
);
