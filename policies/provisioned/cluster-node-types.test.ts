import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { clusterNodeTypes } from "./cluster-node-types";

testPolicy(
  clusterNodeTypes,
  { dw: resource("aws:redshift/cluster:Cluster", { clusterIdentifier: "dw", nodeType: "ra3.xlplus" }) },
  [
    violates("an old one", { "dw.nodeType": "dc2.large" }, /dw: nodeType is dc2\.large, not one of ra3/),
    violates("a larger one than the organization wants", {}, /not one of ra3\.large/, {
      config: { allowed: ["ra3.large"] },
    }),
    undecided("not known yet", { "dw.nodeType": unknown }, /nodeType/),
    passes("none, which the provider refuses itself", { "dw.nodeType": absent }),
  ],
);
