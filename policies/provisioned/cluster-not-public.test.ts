import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { clusterNotPublic } from "./cluster-not-public";

testPolicy(
  clusterNotPublic,
  {
    dw: resource("aws:redshift/cluster:Cluster", {
      clusterIdentifier: "dw",
      nodeType: "ra3.large",
      publiclyAccessible: false,
    }),
  },
  [
    violates("public", { "dw.publiclyAccessible": true }, /dw: publiclyAccessible is true/, {
      becomes: { publiclyAccessible: false },
    }),
    undecided("not known yet", { "dw.publiclyAccessible": unknown }, /publiclyAccessible/),
    passes("left to the default", { "dw.publiclyAccessible": absent }),
  ],
);
