import { absent, resource, unknown } from "../testing/fixture";
import { testPolicy, undecided, violates } from "../testing/table";
import { workgroupEnhancedRouting } from "./workgroup-enhanced-routing";

testPolicy(
  workgroupEnhancedRouting,
  { wg: resource("aws:redshiftserverless/workgroup:Workgroup", { workgroupName: "bi", enhancedVpcRouting: true }) },
  [
    violates("off", { "wg.enhancedVpcRouting": false }, /wg: enhancedVpcRouting is false/, {
      becomes: { enhancedVpcRouting: true },
    }),
    violates("left to the default", { "wg.enhancedVpcRouting": absent }, /not set, which means false/),
    undecided("not known yet", { "wg.enhancedVpcRouting": unknown }, /enhancedVpcRouting/),
  ],
);
