import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { noWorldIngress } from "./no-world-ingress";

const inline = (more: object) => [{ protocol: "tcp", fromPort: 5439, toPort: 5439, ...more }];
const list = (cidr: string) => resource("aws:ec2/managedPrefixList:ManagedPrefixList", { entries: [{ cidr }] });
const endpoint = resource("aws:ec2/vpcEndpoint:VpcEndpoint", { serviceName: "com.amazonaws.us-east-1.s3" });

testPolicy(
  noWorldIngress,
  {
    group: resource("aws:ec2/securityGroup:SecurityGroup", { ingress: inline({ cidrBlocks: ["10.0.0.0/16"] }) }),
    old: resource("aws:ec2/securityGroupRule:SecurityGroupRule", {
      type: "ingress",
      protocol: "tcp",
      fromPort: 5439,
      toPort: 5439,
      sourceSecurityGroupId: ref("group"),
      securityGroupId: ref("group"),
    }),
    rule: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
      securityGroupId: ref("group"),
      ipProtocol: "tcp",
      fromPort: 5439,
      toPort: 5439,
      referencedSecurityGroupId: ref("group"),
    }),
  },
  [
    violates(
      "an inline rule",
      { "group.ingress": inline({ cidrBlocks: ["0.0.0.0/0"] }) },
      /group: 0\.0\.0\.0\/0 may reach/,
    ),
    violates("an inline IPv6 rule", { "group.ingress": inline({ ipv6CidrBlocks: ["::/0"] }) }, /::\/0 may reach/),
    violates("half of the internet", { "group.ingress": inline({ cidrBlocks: ["128.0.0.0/1"] }) }, /128\.0\.0\.0\/1/),
    violates(
      "all protocols",
      { "group.ingress": [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] },
      /may reach/,
    ),
    violates(
      "a range around the port",
      { "group.ingress": inline({ fromPort: 1024, toPort: 65535, cidrBlocks: ["0.0.0.0/0"] }) },
      /may reach/,
    ),
    violates(
      "the second range of ports",
      { "group.ingress": inline({ fromPort: 8200, toPort: 8200, cidrBlocks: ["0.0.0.0/0"] }) },
      /may reach/,
    ),
    violates(
      "protocol by number",
      { "group.ingress": inline({ protocol: "6", cidrBlocks: ["0.0.0.0/0"] }) },
      /may reach/,
    ),
    violates(
      "beside a block not known yet",
      { "group.ingress": inline({ cidrBlocks: [unknown, "0.0.0.0/0"] }) },
      /may reach/,
    ),
    violates(
      "beside a rule not known yet",
      { "group.ingress": [unknown, ...inline({ cidrBlocks: ["0.0.0.0/0"] })] },
      /may reach/,
    ),
    violates(
      "the default group",
      {
        default: resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
          ingress: inline({ cidrBlocks: ["0.0.0.0/0"] }),
        }),
      },
      /default: 0/,
    ),
    violates("a rule of its own", { "old.cidrBlocks": ["0.0.0.0/0"] }, /old: 0\.0\.0\.0\/0/),
    violates("a rule of its own, IPv6", { "old.ipv6CidrBlocks": ["::/0"] }, /old: ::\/0/),
    violates("a rule of the new kind", { "rule.cidrIpv4": "0.0.0.0/0" }, /rule: 0\.0\.0\.0\/0/),
    violates("a rule of the new kind, IPv6", { "rule.cidrIpv6": "::/0" }, /rule: ::\/0/),
    violates(
      "one of the new kind without ports",
      { "rule.ipProtocol": "-1", "rule.fromPort": absent, "rule.toPort": absent, "rule.cidrIpv4": "0.0.0.0/0" },
      /rule/,
    ),
    violates(
      "a prefix list",
      { list: list("0.0.0.0/0"), "rule.prefixListId": ref("list") },
      /prefix list list \(0\.0\.0\.0\/0\)/,
    ),
    violates(
      "a prefix list in an old rule",
      { list: list("0.0.0.0/0"), "old.prefixListIds": [ref("list")] },
      /old: prefix list/,
    ),
    violates(
      "a prefix list in an inline rule",
      { list: list("::/0"), "group.ingress": inline({ prefixListIds: [ref("list")] }) },
      /group: prefix list/,
      { phases: ["preview", "deployed"] },
    ),
    violates(
      "a port that the organization guards",
      { "rule.fromPort": 22, "rule.toPort": 22, "rule.cidrIpv4": "0.0.0.0/0" },
      /22/,
      { config: { ports: ["22"] } },
    ),
    violates(
      "a prefix list with entries of their own",
      {
        list: resource("aws:ec2/managedPrefixList:ManagedPrefixList", {}),
        entry: resource("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", {
          prefixListId: ref("list"),
          cidr: "0.0.0.0/0",
        }),
        "rule.prefixListId": ref("list"),
      },
      /rule: prefix list list \(0\.0\.0\.0\/0\)/,
    ),
    violates(
      "an open prefix list behind one not known",
      { dim: list(unknown as never), list: list("0.0.0.0/0"), "old.prefixListIds": [ref("dim"), ref("list")] },
      /old: prefix list list/,
    ),
    violates(
      "a prefix list in the default group",
      {
        list: list("0.0.0.0/0"),
        default: resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
          ingress: inline({ prefixListIds: [ref("list")] }),
        }),
      },
      /default: prefix list/,
      { phases: ["preview", "deployed"] },
    ),
    undecided(
      "a prefix list of somebody else in an inline rule",
      { "group.ingress": inline({ prefixListIds: ["pl-63a5400a"] }) },
      /ingress\[0\] admits a prefix list that is not part of this stack/,
    ),
    undecided(
      "a prefix list in an inline rule, as long as outputs lack it",
      { list: list("::/0"), "group.ingress": inline({ prefixListIds: [ref("list")] }) },
      /group: undecided, since ingress is/,
      { phases: ["sparse"] },
    ),
    undecided(
      "a prefix list that comes from something else",
      { s3: endpoint, "rule.prefixListId": ref("s3", "prefixListId") },
      /rule: undecided, since prefixListId is/,
    ),
    undecided(
      "prefix lists that come from something else, in an old rule",
      { s3: endpoint, "old.prefixListIds": ref("s3", "prefixListIds") },
      /old: undecided, since prefixListIds is/,
    ),
    undecided(
      "a prefix list that comes from something else, in an inline rule",
      { s3: endpoint, "group.ingress": inline({ prefixListIds: [ref("s3", "prefixListId")] }) },
      /group: undecided, since ingress\[0\]\.prefixListIds is/,
      { phases: ["preview"] },
    ),
    passes(
      "a private prefix list, by its id",
      { list: list("10.0.0.0/8"), "rule.prefixListId": "list-id" },
      {
        phases: ["deployed"],
      },
    ),
    undecided("a block not known yet", { "rule.cidrIpv4": unknown }, /cidrIpv4/),
    undecided("inline rules not known yet", { "group.ingress": unknown }, /ingress/),
    undecided("an inline block not known yet", { "group.ingress": inline({ cidrBlocks: [unknown] }) }, /cidrBlocks/),
    undecided("a port not known yet", { "rule.fromPort": unknown, "rule.cidrIpv4": "0.0.0.0/0" }, /fromPort/),
    undecided("a prefix list of somebody else", { "rule.prefixListId": "pl-63a5400a" }, /not part of this stack/, {
      phases: ["preview", "deployed"],
    }),
    passes("another port", { "group.ingress": inline({ fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }) }),
    passes("ports just around", {
      "group.ingress": [
        ...inline({ fromPort: 5000, toPort: 5430, cidrBlocks: ["0.0.0.0/0"] }),
        ...inline({ fromPort: 5456, toPort: 8190, cidrBlocks: ["0.0.0.0/0"] }),
      ],
    }),
    passes("another protocol", { "group.ingress": inline({ protocol: "udp", cidrBlocks: ["0.0.0.0/0"] }) }),
    passes("what goes out", {
      "old.type": "egress",
      "old.cidrBlocks": ["0.0.0.0/0"],
      "old.sourceSecurityGroupId": absent,
    }),
    passes("a private block", { "rule.cidrIpv4": "10.0.0.0/8", "rule.cidrIpv6": "fd00::/16" }),
    passes("a private prefix list", { list: list("10.0.0.0/8"), "rule.prefixListId": ref("list") }),
    passes("no inline rules", { "group.ingress": absent }),
  ],
);
