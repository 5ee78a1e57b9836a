import type { Node } from "../framework/peek";
import { definePolicy } from "../framework/policy";

function described(holder: Node): boolean {
  const description = holder.peek("description");
  if (description.state === "unknown") return true;
  return description.state === "known" && !["", "Managed by Pulumi"].includes(String(description.value));
}

export const securityRuleDescriptions = definePolicy({
  name: "security-rule-descriptions",
  area: "network",
  entry: 6,
  description: "A security group and each of its rules should say what it is for.",
  why: "nobody dares to close a door whose purpose nobody knows",
  mend: "set description to who comes through and why",
  severity: "low",
  level: "advisory",
  controls: ["CKV_AWS_23"],
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  types: [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  ],
  checks: [
    (resource, { violation }) => {
      if (!described(resource)) violation("description is not set");
    },
    (resource, { violation }) => {
      const group = resource.as("aws:ec2/securityGroup:SecurityGroup");
      for (const key of ["ingress", "egress"] as const) {
        group?.items(key).forEach((rule) => {
          if (!described(rule)) violation(`${rule.path}.description is not set`);
        });
      }
    },
  ],
});
