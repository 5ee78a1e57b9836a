import { strings } from "../framework/config";
import { definePolicy } from "../framework/policy";

export const namespaceNoDefaultNames = definePolicy({
  name: "namespace-no-default-names",
  area: "serverless",
  entry: 17,
  description: "A namespace must not use the default names of the admin user and the database.",
  why: "well-known names are the first that an attacker tries",
  mend: "set adminUsername and dbName to names of your own",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub RedshiftServerless.5", "AWSConfig redshift-serverless-default-db-name-check"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshiftserverless-controls.html#redshiftserverless-5",
  parameters: {
    adminNames: strings(["admin", "awsuser", "root"], "Names that the admin user must not have."),
    databaseNames: strings(["dev"], "Names that the first database must not have."),
  },
  types: ["aws:redshiftserverless/namespace:Namespace"],
  checks: [
    (namespace, { config, violation }) => {
      const name = namespace.text("adminUsername");
      if (name === undefined) violation('adminUsername is not set, which means "admin"');
      // The provider takes this name for a secret, so it is not repeated.
      else if (config.adminNames.includes(name.toLowerCase()))
        violation(`adminUsername is one of ${config.adminNames.join(", ")}`);
    },
    (namespace, { config, violation }) => {
      const name = namespace.text("dbName");
      if (name === undefined) violation('dbName is not set, which means "dev"');
      else if (config.databaseNames.includes(name.toLowerCase())) violation(`dbName is "${name}"`);
    },
  ],
});
