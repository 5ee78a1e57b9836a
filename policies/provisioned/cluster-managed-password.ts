import { definePolicy } from "../framework/policy";

const passwords = ["masterPassword", "masterPasswordWo"] as const;

export const clusterManagedPassword = definePolicy({
  name: "cluster-managed-password",
  area: "provisioned",
  entry: 24,
  description: "A cluster's admin password must be managed by Redshift, never passed in.",
  why: "a password that a program passes is in its state, its logs and its author's shell; a managed one is rotated in Secrets Manager",
  mend: "set manageMasterPassword to true and remove masterPassword and masterPasswordWo",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html",
  types: ["aws:redshift/cluster:Cluster"],
  checks: [
    (cluster, { violation }) => {
      for (const key of passwords) if (cluster.given(key)) violation(`${key} is set`);
    },
    (cluster, { violation }) => {
      if (passwords.some((key) => cluster.given(key))) return;
      const managed = cluster.flag("manageMasterPassword");
      if (managed !== true) violation(`manageMasterPassword is ${managed ?? "not set"}`);
    },
  ],
});
