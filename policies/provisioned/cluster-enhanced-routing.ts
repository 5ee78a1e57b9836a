import { definePolicy } from "../framework/policy";

export const clusterEnhancedRouting = definePolicy({
  name: "cluster-enhanced-routing",
  area: "provisioned",
  entry: 22,
  description: "A Redshift cluster must use enhanced VPC routing.",
  why: "COPY and UNLOAD otherwise travel outside the VPC, past its endpoints, groups and flow logs",
  mend: "set enhancedVpcRouting to true",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Redshift.7", "CKV_AWS_321"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-7",
  types: ["aws:redshift/cluster:Cluster"],
  checks: [
    (cluster, { violation }) => {
      const routing = cluster.flag("enhancedVpcRouting");
      if (routing !== true) violation(`enhancedVpcRouting is ${routing ?? "not set, which means false"}`);
    },
  ],
  remedy: () => ({ enhancedVpcRouting: true }),
});
