import { definePolicy } from "../framework/policy";

export const clusterEncrypted = definePolicy({
  name: "cluster-encrypted",
  area: "provisioned",
  entry: 22,
  description: "A Redshift cluster must be encrypted at rest.",
  why: "whoever gets at a disk or a snapshot reads everything, and encrypting later means copying the cluster",
  mend: 'remove encrypted or set it to "true" (the provider takes it as a string)',
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Redshift.10", "CKV_AWS_64"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-10",
  types: ["aws:redshift/cluster:Cluster"],
  checks: [
    (cluster, { violation }) => {
      if (cluster.flag("encrypted") === false) violation("encrypted is false");
    },
  ],
  remedy: () => ({ encrypted: "true" }),
});
