import { isOpen } from "../framework/graph";
import { definePolicy } from "../framework/policy";
import { securityGroupRules } from "../framework/types";

/** What `securityGroupId` may name: a VPC by its `defaultSecurityGroupId`. */
const holders = [
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/securityGroup:SecurityGroup",
] as const;

export const defaultSecurityGroupClosed = definePolicy({
  name: "default-security-group-closed",
  area: "network",
  entry: 4,
  description: "A VPC's default security group must be taken over and have no rules.",
  why: "whatever is started without a group of its own gets this one, and as AWS makes it, it lets its members talk freely",
  mend: "add an aws.ec2.DefaultSecurityGroup for the VPC without ingress and egress",
  severity: "high",
  level: "mandatory",
  controls: ["SecurityHub EC2.2", "CIS-AWS-Foundations-5.0.0 5.5", "CKV2_AWS_12"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2",
  types: ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  checks: [
    (group, { violation }) => {
      const rules = group.elements("ingress").length;
      if (rules > 0) violation(`ingress has ${rules} rules`, { mend: "remove the ingress rules" });
    },
    (group, { violation }) => {
      const rules = group.elements("egress").length;
      if (rules > 0) violation(`egress has ${rules} rules`, { mend: "remove the egress rules" });
    },
  ],
  stackTypes: ["aws:ec2/vpc:Vpc", ...securityGroupRules],
  stackChecks: [
    (resource, { graph, violation }) => {
      const vpc = resource.as("aws:ec2/vpc:Vpc");
      if (!vpc) return;
      const takenOver = graph.referrers(vpc, ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"], "vpcId");
      if (takenOver.length === 0) violation("nothing takes over its default security group");
    },
    (resource, { graph, violation, undecided }) => {
      const rule = resource.as(...securityGroupRules);
      if (!rule) return;
      const reference = graph.reference(rule, "securityGroupId", holders);
      if (isOpen(reference)) return undecided("securityGroupId");
      const { members } = reference;
      // What a group of its own depends on may be among them.
      const [holder] = members.some(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup") ? [] : members;
      if (holder) {
        const whose = holder.as("aws:ec2/vpc:Vpc") ? `the default security group of ${holder.name}` : holder.name;
        violation(`it is a rule of ${whose}`, { mend: "give the rule to a security group of its own" });
      }
    },
  ],
});
