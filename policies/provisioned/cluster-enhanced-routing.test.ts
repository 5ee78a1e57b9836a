import { absent, resource, unknown } from "../testing/fixture";
import { testPolicy, undecided, violates } from "../testing/table";
import { clusterEnhancedRouting } from "./cluster-enhanced-routing";

testPolicy(
  clusterEnhancedRouting,
  {
    dw: resource("aws:redshift/cluster:Cluster", {
      clusterIdentifier: "dw",
      nodeType: "ra3.large",
      enhancedVpcRouting: true,
    }),
  },
  [
    violates("off", { "dw.enhancedVpcRouting": false }, /dw: enhancedVpcRouting is false/, {
      becomes: { enhancedVpcRouting: true },
    }),
    violates("left to the default", { "dw.enhancedVpcRouting": absent }, /not set, which means false/),
    undecided("not known yet", { "dw.enhancedVpcRouting": unknown }, /enhancedVpcRouting/),
  ],
);
