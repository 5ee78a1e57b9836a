import { strings } from "../framework/config";
import { definePolicy } from "../framework/policy";
import type { Subject } from "../framework/subject";

/** A restored cluster has the names of the one it was made from. */
function restored(cluster: Subject<"aws:redshift/cluster:Cluster">): boolean {
  return cluster.given("snapshotIdentifier") || cluster.given("snapshotArn");
}

export const clusterNoDefaultNames = definePolicy({
  name: "cluster-no-default-names",
  area: "provisioned",
  entry: 25,
  description: "A cluster must not use the default names of the admin user and the database.",
  why: "well-known names are the first that an attacker tries",
  mend: "set masterUsername and databaseName to names of your own",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Redshift.8", "CKV_AWS_320"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-8",
  parameters: {
    adminNames: strings(["awsuser", "admin", "root"], "Names that the admin user must not have."),
    databaseNames: strings(["dev"], "Names that the first database must not have."),
  },
  types: ["aws:redshift/cluster:Cluster"],
  checks: [
    (cluster, { config, violation }) => {
      const name = cluster.text("masterUsername");
      if (name === undefined && !restored(cluster)) violation("masterUsername is not set");
      else if (name && config.adminNames.includes(name.toLowerCase())) violation(`masterUsername is "${name}"`);
    },
    (cluster, { config, violation }) => {
      const name = cluster.text("databaseName");
      if (name === undefined && !restored(cluster)) violation('databaseName is not set, which means "dev"');
      else if (name && config.databaseNames.includes(name.toLowerCase())) violation(`databaseName is "${name}"`);
    },
  ],
});
