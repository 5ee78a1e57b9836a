import { definePolicy } from "../framework/policy";

const roleTypes = ["aws:iam/role:Role"] as const;

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
      const [chosen] = graph.reference(namespace, "defaultIamRoleArn", roleTypes).members;
      const roles = graph.reference(namespace, "iamRoles", roleTypes);
      if (chosen && roles.members.includes(chosen)) return;
      const listed = roles.count === undefined ? [] : namespace.elements("iamRoles");
      const texts = listed.flatMap((role) => (role.state === "known" ? [role.value] : []));
      if (chosen) {
        // The same role may stand there by an ARN written out.
        if (texts.some((arn) => graph.maybe(arn, roleTypes).includes(chosen))) undecided(`${chosen.name}.arn`);
        else violation(`defaultIamRoleArn is ${chosen.name}, which is not in iamRoles`);
        return;
      }
      const given = namespace.text("defaultIamRoleArn") ?? "";
      // Of a namespace without one, AWS says that it is empty.
      if (given === "" || texts.includes(given)) return;
      const maybe = graph.maybe(given, roleTypes).find((role) => roles.members.includes(role));
      if (maybe) undecided(`${maybe.name}.arn`);
      else if (roles.count === undefined || (texts.length < roles.count && roles.members.length < roles.count))
        undecided("iamRoles");
      else violation(`defaultIamRoleArn is ${given}, which is not in iamRoles`);
    },
  ],
});
