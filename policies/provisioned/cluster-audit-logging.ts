import { strings } from "../framework/config";
import { inWords } from "../framework/names";
import { definePolicy } from "../framework/policy";

export const clusterAuditLogging = definePolicy({
  name: "cluster-audit-logging",
  area: "provisioned",
  entry: 28,
  description: "A cluster must log connections, users and their activity.",
  why: "the warehouse's own tables forget after days who connected and what they ran",
  mend: "add an aws.redshift.Logging with the cluster's identifier, to a bucket or with these logs in logExports",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Redshift.4", "CKV_AWS_71"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-4",
  parameters: {
    logs: strings(
      ["connectionlog", "userlog", "useractivitylog"],
      "Logs that must go to CloudWatch, where logs go there.",
    ),
  },
  stackTypes: ["aws:redshift/cluster:Cluster"],
  stackChecks: [
    (cluster, { graph, config, violation, undecided }) => {
      const logging = graph.referrers(cluster, ["aws:redshift/logging:Logging"], "clusterIdentifier");
      if (logging.length === 0) return violation("nothing logs its connections");
      for (const log of logging) {
        if (log.text("logDestinationType") !== "cloudwatch") continue;
        const exports = log.elements("logExports");
        const named = exports.map((one) => (one.state === "known" ? one.value : undefined));
        const missing = config.logs.filter((name) => !named.includes(name));
        const open = exports.filter(({ state }) => state === "unknown").length;
        if (missing.length > open) violation(`logExports of ${log.name} lacks ${inWords(missing)}`);
        else if (missing.length > 0) undecided(`${log.name}.logExports`);
      }
    },
  ],
});
