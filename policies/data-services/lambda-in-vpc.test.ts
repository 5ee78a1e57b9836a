import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { lambdaInVpc } from "./lambda-in-vpc";

testPolicy(
  lambdaInVpc,
  {
    fn: resource("aws:lambda/function:Function", {
      vpcConfig: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    }),
  },
  [
    violates("outside", { "fn.vpcConfig": absent }, /fn: vpcConfig is not set/),
    violates(
      "in no subnet",
      { "fn.vpcConfig": { subnetIds: [], securityGroupIds: [] } },
      /vpcConfig\.subnetIds is empty/,
    ),
    undecided("not known yet", { "fn.vpcConfig": unknown }, /vpcConfig/),
    passes("in subnets of the same program", { "fn.vpcConfig": { subnetIds: [unknown], securityGroupIds: [unknown] } }),
  ],
);
