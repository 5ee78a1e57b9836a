import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { securityRuleDescriptions } from "./security-rule-descriptions";

const inline = (description: unknown) => [{ protocol: "tcp", fromPort: 5439, toPort: 5439, description }];

testPolicy(
  securityRuleDescriptions,
  {
    group: resource("aws:ec2/securityGroup:SecurityGroup", { description: "Consumers", ingress: inline("Readers") }),
    old: resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", description: "Readers" }),
    rule: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { description: "Readers" }),
    out: resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", { description: "To S3" }),
  },
  [
    violates("a group without one", { "group.description": absent }, /group: description is not set/),
    violates(
      "a group with the one Pulumi makes up",
      { "group.description": "Managed by Pulumi" },
      /group: description/,
    ),
    violates("an inline rule", { "group.ingress": inline(undefined) }, /ingress\[0\]\.description is not set/),
    violates("an inline egress rule, empty", { "group.egress": inline("") }, /egress\[0\]\.description is not set/),
    violates("an old rule", { "old.description": absent }, /old: description/),
    violates("a new rule", { "rule.description": absent }, /rule: description/),
    violates("a new egress rule", { "out.description": absent }, /out: description/),
    undecided("inline rules not known yet", { "group.ingress": unknown }, /ingress/),
    passes("a description not known yet is one", { "rule.description": unknown, "group.ingress": inline(unknown) }),
  ],
);
