import { definePolicy } from "../framework/policy";

const passwords = ["adminUserPassword", "adminUserPasswordWo"] as const;

export const namespaceManagedPassword = definePolicy({
  name: "namespace-managed-password",
  area: "serverless",
  entry: 16,
  description: "A namespace's admin password must be managed by Redshift, never passed in.",
  why: "a password that a program passes is in its state, its logs and its author's shell; a managed one is rotated in Secrets Manager",
  mend: "set manageAdminPassword to true and remove adminUserPassword and adminUserPasswordWo",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html",
  types: ["aws:redshiftserverless/namespace:Namespace"],
  checks: [
    (namespace, { violation }) => {
      for (const key of passwords) if (namespace.given(key)) violation(`${key} is set`);
    },
    (namespace, { violation }) => {
      if (passwords.some((key) => namespace.given(key))) return;
      const managed = namespace.flag("manageAdminPassword");
      if (managed !== true) violation(`manageAdminPassword is ${managed ?? "not set"}`);
    },
  ],
});
