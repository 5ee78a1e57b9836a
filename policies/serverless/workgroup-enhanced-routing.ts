import { definePolicy } from "../framework/policy";

export const workgroupEnhancedRouting = definePolicy({
  name: "workgroup-enhanced-routing",
  area: "serverless",
  entry: 11,
  description: "A Redshift Serverless workgroup must use enhanced VPC routing.",
  why: "COPY and UNLOAD otherwise travel outside the VPC, past its endpoints, groups and flow logs",
  mend: "set enhancedVpcRouting to true",
  severity: "high",
  level: "mandatory",
  controls: ["SecurityHub RedshiftServerless.1"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshiftserverless-controls.html#redshiftserverless-1",
  types: ["aws:redshiftserverless/workgroup:Workgroup"],
  checks: [
    (workgroup, { violation }) => {
      const routing = workgroup.flag("enhancedVpcRouting");
      if (routing !== true) violation(`enhancedVpcRouting is ${routing ?? "not set, which means false"}`);
    },
  ],
  remedy: () => ({ enhancedVpcRouting: true }),
});
