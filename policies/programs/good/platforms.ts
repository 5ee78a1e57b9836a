import { ManagedPrefixList, SecurityGroup, SecurityGroupRule } from "@pulumi/aws/ec2";
import { Key } from "@pulumi/aws/kms";
import { SecurityGroupEgressRule, SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import { balancer, network } from "../parts";
import { platform } from "../platform";
import { good } from "../program";

good("network", (name) => void network(name));
good("network-of-four", (name) => {
  network(name, { zones: ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"] });
});
good("network-large", (name) => {
  network(name, {
    subnets: { a: { cidrBlock: "10.20.0.0/20" }, b: { cidrBlock: "10.20.16.0/20" }, c: { cidrBlock: "10.20.32.0/20" } },
  });
});
good("network-rejects", (name) => void network(name, { flowLog: { trafficType: "REJECT" } }));
good("readers", (name) => {
  const { vpc } = platform();
  const readers = new SecurityGroup(name("readers"), { vpcId: vpc.id, description: "BI tools" });
  const warehouse = new SecurityGroup(name("warehouse"), { vpcId: vpc.id, description: "Warehouse" });
  new SecurityGroupIngressRule(name("from-readers"), {
    description: "Queries",
    securityGroupId: warehouse.id,
    referencedSecurityGroupId: readers.id,
    ipProtocol: "tcp",
    fromPort: 5439,
    toPort: 5439,
  });
  new SecurityGroupEgressRule(name("to-services"), {
    description: "Endpoints of AWS services",
    securityGroupId: warehouse.id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.20.0.0/16",
  });
});
good("offices", (name) => {
  const offices = new ManagedPrefixList(name("offices"), {
    addressFamily: "IPv4",
    maxEntries: 5,
    entries: [{ cidr: "203.0.113.0/28", description: "Berlin" }],
  });
  new SecurityGroupIngressRule(name("rule"), {
    description: "Offices",
    securityGroupId: "sg-0a1b2c3d4e5f60718",
    ipProtocol: "tcp",
    fromPort: 5439,
    toPort: 5439,
    prefixListId: offices.id,
  });
});
good("website", (name) => {
  // Not Redshift's port: another pack's business.
  new SecurityGroupRule(name("https"), {
    type: "ingress",
    description: "Visitors",
    securityGroupId: "sg-0a1b2c3d4e5f60718",
    protocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrBlocks: ["0.0.0.0/0"],
  });
});
good("inline-rules", (name) => {
  new SecurityGroup(name("group"), {
    vpcId: platform().vpc.id,
    description: "Warehouse",
    ingress: [
      { description: "VPN", protocol: "tcp", fromPort: 5439, toPort: 5439, cidrBlocks: ["10.8.0.0/16"] },
      { description: "Path MTU", protocol: "icmp", fromPort: 3, toPort: 4, cidrBlocks: ["0.0.0.0/0"] },
    ],
    egress: [{ description: "Inside", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/8"] }],
  });
});
good("front", (name) => void balancer(name, platform().subnetIds));
good("front-mappings", (name) => {
  const subnetMappings = platform().subnetIds.map((subnetId) => ({ subnetId }));
  balancer(name, [], { balancer: { subnets: undefined, subnetMappings } });
});
good("key", (name) => {
  new Key(name("key"), { enableKeyRotation: true, rotationPeriodInDays: 180, deletionWindowInDays: 30 });
});
good("signing-key", (name) => {
  // Asymmetric keys cannot rotate.
  new Key(name("key"), { customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY", deletionWindowInDays: 30 });
});
good("shared-key", (name) => {
  new Key(name("key"), {
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      ],
    }),
  });
});
