import { ManagedPrefixList, ManagedPrefixListEntry, SecurityGroup, SecurityGroupRule } from "@pulumi/aws/ec2";
import { SecurityGroupEgressRule, SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import { endpointServices, network } from "../parts";
import { bad } from "../program";

const vpcId = "vpc-0a1b2c3d4e5f60718";
const groupId = "sg-0a1b2c3d4e5f60718";

bad("two-zones", { "three-availability-zones": ["vpc"] }, (name) => {
  network(name, { zones: ["us-east-1a", "us-east-1b"] });
});
bad("a-zone-twice", { "three-availability-zones": ["vpc"] }, (name) => {
  network(name, { zones: ["us-east-1a", "us-east-1b", "us-east-1b"] });
});
bad("small-subnet", { "subnet-prefix": ["b"] }, (name) => {
  network(name, { subnets: { b: { cidrBlock: "10.20.2.0/24" } } });
});
bad("public-subnet", { "subnet-no-public-ip": ["c"] }, (name) => {
  network(name, { subnets: { c: { mapPublicIpOnLaunch: true } } });
});
bad("default-group", { "default-security-group-closed": ["vpc"] }, (name) => {
  network(name, { defaultGroup: false });
});
bad("default-group-rule", { "default-security-group-closed": ["default"] }, (name) => {
  network(name, { defaultGroup: { ingress: [{ protocol: "-1", self: true, fromPort: 0, toPort: 0 }] } });
});
bad("default-group-reopened", { "default-security-group-closed": ["rule"] }, (name) => {
  const { vpc } = network(name);
  new SecurityGroupIngressRule(name("rule"), {
    description: "What has no group of its own",
    securityGroupId: vpc.defaultSecurityGroupId,
    ipProtocol: "-1",
    cidrIpv4: "10.20.0.0/16",
  });
});
bad("no-flow-log", { "vpc-flow-logs": ["vpc"] }, (name) => {
  network(name, { flowLog: false });
});
bad("accepted-only", { "vpc-flow-logs": ["vpc"] }, (name) => {
  network(name, { flowLog: { trafficType: "ACCEPT" } });
});
bad("no-host-names", { "vpc-dns": ["vpc"] }, (name) => {
  network(name, { vpc: { enableDnsHostnames: false } });
});
bad("no-kms-endpoint", { "vpc-endpoints": ["vpc"] }, (name) => {
  network(name, { services: endpointServices.filter((service) => service !== "kms") });
});

bad("open-inline", { "no-world-ingress": ["group"] }, (name) => {
  new SecurityGroup(name("group"), {
    vpcId: vpcId,
    description: "Warehouse",
    ingress: [
      {
        description: "BI tools",
        protocol: "tcp",
        fromPort: 5439,
        toPort: 5439,
        cidrBlocks: ["10.0.0.0/16", "0.0.0.0/0"],
      },
    ],
  });
});
bad("open-inline-ipv6", { "no-world-ingress": ["group"] }, (name) => {
  new SecurityGroup(name("group"), {
    vpcId: vpcId,
    description: "Warehouse",
    ingress: [{ description: "BI tools", protocol: "tcp", fromPort: 5439, toPort: 5439, ipv6CidrBlocks: ["::/0"] }],
  });
});
bad("open-all-ports", { "no-world-ingress": ["group"] }, (name) => {
  new SecurityGroup(name("group"), {
    vpcId: vpcId,
    description: "Warehouse",
    ingress: [{ description: "Trial", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
});
bad("open-rule", { "no-world-ingress": ["rule"] }, (name) => {
  new SecurityGroupRule(name("rule"), {
    type: "ingress",
    description: "Partners",
    securityGroupId: groupId,
    protocol: "tcp",
    fromPort: 5000,
    toPort: 6000,
    cidrBlocks: ["0.0.0.0/0"],
  });
});
bad("open-half", { "no-world-ingress": ["rule"] }, (name) => {
  new SecurityGroupIngressRule(name("rule"), {
    description: "Half of the internet",
    securityGroupId: groupId,
    ipProtocol: "tcp",
    fromPort: 5439,
    toPort: 5439,
    cidrIpv4: "128.0.0.0/1",
  });
});
bad("open-rule-ipv6", { "no-world-ingress": ["rule"] }, (name) => {
  new SecurityGroupIngressRule(name("rule"), {
    description: "Notebooks",
    securityGroupId: groupId,
    ipProtocol: "tcp",
    fromPort: 5439,
    toPort: 5439,
    cidrIpv6: "::/0",
  });
});
bad("open-prefix-list", { "no-world-ingress": ["rule"] }, (name) => {
  const everyone = new ManagedPrefixList(name("everyone"), {
    addressFamily: "IPv4",
    maxEntries: 5,
    entries: [{ cidr: "0.0.0.0/0", description: "for now" }],
  });
  new SecurityGroupIngressRule(name("rule"), {
    description: "BI tools",
    securityGroupId: groupId,
    ipProtocol: "tcp",
    fromPort: 5439,
    toPort: 5439,
    prefixListId: everyone.id,
  });
});
bad("open-prefix-list-entry", { "no-world-ingress": ["rule"] }, (name) => {
  const partners = new ManagedPrefixList(name("partners"), { addressFamily: "IPv4", maxEntries: 5 });
  new ManagedPrefixListEntry(name("entry"), { prefixListId: partners.id, cidr: "0.0.0.0/0", description: "for now" });
  new SecurityGroupIngressRule(name("rule"), {
    description: "BI tools",
    securityGroupId: groupId,
    ipProtocol: "tcp",
    fromPort: 5439,
    toPort: 5439,
    prefixListId: partners.id,
  });
});
bad("nameless-rule", { "security-rule-descriptions": ["rule"] }, (name) => {
  new SecurityGroupEgressRule(name("rule"), { securityGroupId: groupId, ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" });
});
bad("nameless-inline", { "security-rule-descriptions": ["group"] }, (name) => {
  new SecurityGroup(name("group"), {
    vpcId: vpcId,
    description: "Warehouse",
    ingress: [{ protocol: "tcp", fromPort: 5439, toPort: 5439, cidrBlocks: ["10.0.0.0/16"] }],
  });
});
