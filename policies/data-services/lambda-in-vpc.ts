import { definePolicy } from "../framework/policy";

export const lambdaInVpc = definePolicy({
  name: "lambda-in-vpc",
  area: "data-services",
  entry: 41,
  description: "A Lambda function that talks to the warehouse should run in the VPC.",
  why: "outside it cannot reach private endpoints, and tempts people into opening public ones",
  mend: "set vpcConfig with the private subnets and a security group",
  severity: "low",
  level: "advisory",
  controls: ["SecurityHub Lambda.3", "CKV_AWS_117"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-3",
  types: ["aws:lambda/function:Function"],
  checks: [
    (fn, { violation }) => {
      const vpc = fn.child("vpcConfig");
      if (!vpc) violation("vpcConfig is not set");
      else if (vpc.elements("subnetIds").length === 0) violation("vpcConfig.subnetIds is empty");
    },
  ],
});
