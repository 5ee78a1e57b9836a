import { definePolicy } from "../framework/policy";

export const namespaceDefaultRole = definePolicy({
  name: "namespace-default-role",
  area: "serverless",
  entry: 21,
  description: "A namespace's default IAM role should be one of its IAM roles.",
  why: "AWS refuses the namespace otherwise, minutes into the deployment",
  mend: "add defaultIamRoleArn to iamRoles",
  severity: "low",
  level: "advisory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-iam.html",
  stackTypes: ["aws:redshiftserverless/namespace:Namespace"],
  stackChecks: [
    (namespace, { graph, violation, undecided }) => {
      if (!namespace.set("defaultIamRoleArn")) return;
      const [chosen] = graph.reference(namespace, "defaultIamRoleArn", ["aws:iam/role:Role"]).members;
      const roles = graph.reference(namespace, "iamRoles", ["aws:iam/role:Role"]);
      if (chosen) {
        if (!roles.members.includes(chosen)) violation(`defaultIamRoleArn is ${chosen.name}, which is not in iamRoles`);
        return;
      }
      const given = namespace.text("defaultIamRoleArn");
      const named = namespace.elements("iamRoles");
      if (named.some((role) => role.state === "known" && role.value === given)) return;
      if (named.some(({ state }) => state === "unknown") && roles.members.length < named.length) undecided("iamRoles");
      else violation(`defaultIamRoleArn is ${given}, which is not in iamRoles`);
    },
  ],
});
