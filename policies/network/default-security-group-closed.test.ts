import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { defaultSecurityGroupClosed } from "./default-security-group-closed";

const rule = { protocol: "-1", fromPort: 0, toPort: 0, self: true };

testPolicy(
  defaultSecurityGroupClosed,
  {
    vpc: resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }),
    closed: resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
      vpcId: ref("vpc"),
      ingress: [],
      egress: [],
    }),
  },
  [
    violates("nothing takes it over", { closed: absent }, /vpc: nothing takes over/),
    violates("taken over for another VPC", { "closed.vpcId": "vpc-elsewhere" }, /vpc: nothing takes over/),
    violates("an ingress rule", { "closed.ingress": [rule] }, /ingress has 1 rules/),
    violates(
      "an egress rule, ingress not known",
      { "closed.egress": [rule], "closed.ingress": unknown },
      /egress has 1 rules/,
    ),
    violates(
      "a rule of its own",
      {
        rule: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { securityGroupId: ref("closed") }),
      },
      /rule: it is a rule of closed/,
    ),
    violates(
      "an old rule, by the VPC's property",
      {
        rule: resource("aws:ec2/securityGroupRule:SecurityGroupRule", {
          securityGroupId: ref("vpc", "defaultSecurityGroupId"),
        }),
      },
      /rule: it is a rule of the default security group of vpc/,
      { phases: ["preview", "sparse"] },
    ),
    violates(
      "the same, deployed",
      {
        "vpc.defaultSecurityGroupId": "sg-0default",
        rule: resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", { securityGroupId: "sg-0default" }),
      },
      /rule: it is a rule of the default security group of vpc/,
    ),
    passes("a rule of another group, which comes from the VPC as well", {
      group: resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: ref("vpc") }),
      rule: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
        securityGroupId: ref("group"),
      }),
    }),
    undecided(
      "a rule of a group that comes from something else",
      {
        eks: resource("aws:eks/cluster:Cluster", {}),
        rule: resource("aws:ec2/securityGroupRule:SecurityGroupRule", { securityGroupId: ref("eks", "groupId") }),
      },
      /rule: undecided, since securityGroupId is not known/,
    ),
    passes("a rule of a group of elsewhere, which is none of this stack's default groups", {
      "vpc.defaultSecurityGroupId": "sg-0default",
      rule: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { securityGroupId: "sg-0another" }),
    }),
    passes(
      "a rule of another group, by its id",
      {
        group: resource("aws:ec2/securityGroup:SecurityGroup", {}),
        rule: resource("aws:ec2/securityGroupRule:SecurityGroupRule", { securityGroupId: "group-id" }),
      },
      { phases: ["deployed"] },
    ),
    violates(
      "a rule of a default group that is taken over, by its id",
      { rule: resource("aws:ec2/securityGroupRule:SecurityGroupRule", { securityGroupId: "closed-id" }) },
      /rule: it is a rule of closed/,
      { phases: ["deployed"] },
    ),
    undecided("rules not known yet", { "closed.ingress": unknown }, /ingress/),
    passes("rules not mentioned", { "closed.ingress": absent, "closed.egress": absent }),
    passes("no VPC of one's own", { vpc: absent, closed: absent }),
  ],
);
