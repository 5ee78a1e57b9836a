import { definePolicy } from "../framework/policy";

export const clusterNotPublic = definePolicy({
  name: "cluster-not-public",
  area: "provisioned",
  entry: 22,
  description: "A Redshift cluster must not be publicly accessible.",
  why: "it would get an address on the internet",
  mend: "remove publiclyAccessible or set it to false, remove elasticIp, and let readers come through the VPC",
  severity: "critical",
  level: "mandatory",
  controls: ["SecurityHub Redshift.1", "CKV_AWS_87"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-1",
  types: ["aws:redshift/cluster:Cluster"],
  checks: [
    (cluster, { violation }) => {
      if (cluster.flag("publiclyAccessible")) violation("publiclyAccessible is true");
    },
  ],
  remedy: () => ({ publiclyAccessible: false }),
});
