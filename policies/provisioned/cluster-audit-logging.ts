import { definePolicy } from "../framework/policy";

export const clusterAuditLogging = definePolicy({
  name: "cluster-audit-logging",
  area: "provisioned",
  entry: 28,
  description: "A cluster must log connections and user activity.",
  why: "the warehouse's own tables forget after days who connected and what they ran",
  mend: "add an aws.redshift.Logging with the cluster's identifier",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Redshift.4", "CKV_AWS_71"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-4",
  stackTypes: ["aws:redshift/cluster:Cluster"],
  stackChecks: [
    (cluster, { graph, violation }) => {
      const logging = graph.referrers(cluster, ["aws:redshift/logging:Logging"], "clusterIdentifier");
      if (logging.length === 0) return violation("nothing logs its connections");
      for (const log of logging) {
        if (log.text("logDestinationType") !== "cloudwatch") continue;
        const exports = log.texts("logExports");
        if (!exports.includes("connectionlog")) violation(`logExports of ${log.name} lacks connectionlog`);
      }
    },
  ],
});
