import { integer } from "../framework/config";
import { stackOf } from "../framework/names";
import { definePolicy } from "../framework/policy";
import { isProduction, productionStacks } from "../framework/production";

export const clusterSnapshots = definePolicy({
  name: "cluster-snapshots",
  area: "provisioned",
  entry: 27,
  description: "A cluster must keep automated snapshots for a week, and in production leave a final one.",
  why: "AWS keeps them for one day, and a mistake in a load is often noticed later than that",
  mend: "set automatedSnapshotRetentionPeriod to 7 or more; in production set finalSnapshotIdentifier and not skipFinalSnapshot",
  severity: "high",
  level: "mandatory",
  controls: ["SecurityHub Redshift.3", "CKV_AWS_343"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-3",
  parameters: {
    productionStacks,
    minimumDays: integer(7, "How many days automated snapshots are kept at least.", 1, 35),
  },
  types: ["aws:redshift/cluster:Cluster", "aws:redshift/snapshotCopy:SnapshotCopy"],
  checks: [
    (resource, { config, violation }) => {
      // Copies in another Region are kept for as long as they say themselves.
      const copies = resource.as("aws:redshift/snapshotCopy:SnapshotCopy");
      if (!copies) return;
      const days = copies.number("retentionPeriod");
      if ((days ?? 7) < config.minimumDays) {
        violation(`retentionPeriod is ${days ?? "not set, which means 7"}, less than ${config.minimumDays} days`);
      }
    },
    (resource, { config, violation }) => {
      const cluster = resource.as("aws:redshift/cluster:Cluster");
      if (!cluster) return;
      const days = cluster.number("automatedSnapshotRetentionPeriod");
      if (days === undefined) violation("automatedSnapshotRetentionPeriod is not set, which means 1 day");
      else if (days < config.minimumDays) {
        violation(`automatedSnapshotRetentionPeriod is ${days}, less than ${config.minimumDays} days`);
      }
    },
    (resource, { config, stack, violation }) => {
      const cluster = resource.as("aws:redshift/cluster:Cluster");
      if (!cluster || !isProduction(stack, config.productionStacks)) return;
      if (cluster.flag("skipFinalSnapshot")) violation("skipFinalSnapshot is true");
      else if (!cluster.given("finalSnapshotIdentifier")) violation("finalSnapshotIdentifier is not set");
    },
  ],
  remedy: (resource, config) => {
    const cluster = resource.as("aws:redshift/cluster:Cluster");
    if (!cluster) return { retentionPeriod: config.minimumDays };
    const days = cluster.peek("automatedSnapshotRetentionPeriod");
    const enough = days.state === "known" && Number(days.value) >= config.minimumDays;
    const patch: Record<string, unknown> = enough ? {} : { automatedSnapshotRetentionPeriod: config.minimumDays };
    if (!isProduction(stackOf(cluster.urn), config.productionStacks)) return patch;
    patch.skipFinalSnapshot = false;
    const name = cluster.peek("clusterIdentifier");
    if (!cluster.given("finalSnapshotIdentifier")) {
      patch.finalSnapshotIdentifier = `${name.state === "known" ? name.value : cluster.name}-final`;
    }
    return patch;
  },
});
