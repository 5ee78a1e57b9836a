import { absent, resource, unknown } from "../testing/fixture";
import { testPolicy, undecided, violates } from "../testing/table";
import { clusterManagedPassword } from "./cluster-managed-password";

testPolicy(
  clusterManagedPassword,
  { dw: resource("aws:redshift/cluster:Cluster", { clusterIdentifier: "dw", manageMasterPassword: true }) },
  [
    violates(
      "a password passed in",
      { "dw.masterPassword": "hunter2", "dw.manageMasterPassword": absent },
      /dw: masterPassword is set/,
    ),
    violates("one passed in besides", { "dw.masterPassword": "hunter2" }, /masterPassword is set/),
    violates("one that is not known yet", { "dw.masterPassword": unknown }, /masterPassword is set/),
    violates("a write-only one", { "dw.masterPasswordWo": "hunter2" }, /masterPasswordWo is set/),
    violates("no password at all", { "dw.manageMasterPassword": absent }, /manageMasterPassword is not set/),
    violates("not managed", { "dw.manageMasterPassword": false }, /manageMasterPassword is false/),
    undecided("not known yet", { "dw.manageMasterPassword": unknown }, /manageMasterPassword/),
  ],
);
