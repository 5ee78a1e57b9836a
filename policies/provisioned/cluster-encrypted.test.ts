import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { clusterEncrypted } from "./cluster-encrypted";

testPolicy(
  clusterEncrypted,
  {
    dw: resource("aws:redshift/cluster:Cluster", { clusterIdentifier: "dw", nodeType: "ra3.large", encrypted: "true" }),
  },
  [
    violates(
      'the string "false", which JavaScript takes for true',
      { "dw.encrypted": "false" },
      /dw: encrypted is false/,
      { becomes: { encrypted: "true" } },
    ),
    violates("false itself", { "dw.encrypted": false }, /encrypted is false/),
    undecided("not known yet", { "dw.encrypted": unknown }, /encrypted/),
    passes("left to the default", { "dw.encrypted": absent }),
    passes("true itself", { "dw.encrypted": true }),
  ],
);
