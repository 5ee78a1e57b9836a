import { AwsError } from "../../aws/errors";
import { TestServices } from "../testing";
import { ec2 as service } from "./service";

const account = TestServices.open();
afterAll(() => account.dispose());
const ec2 = account.use(service);

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
  return "nothing was refused";
}

const vpc = ec2.vpcs.create({ cidrBlock: "10.0.0.0/16" });
const subnet = ec2.subnets.create({ vpcId: vpc.vpcId, cidrBlock: "10.0.0.0/28", availabilityZone: "us-east-1a" });

test.each([
  ["InvalidVpc.Range", () => ec2.vpcs.create({ cidrBlock: "10.0.0.0/15" })],
  ["InvalidSubnet.Range", () => ec2.subnets.create({ vpcId: vpc.vpcId, cidrBlock: "10.1.0.0/24" })],
  ["InvalidSubnet.Conflict", () => ec2.subnets.create({ vpcId: vpc.vpcId, cidrBlock: "10.0.0.0/24" })],
  [
    "InvalidParameterValue",
    () => ec2.subnets.create({ vpcId: vpc.vpcId, cidrBlock: "10.0.4.0/24", availabilityZone: "eu-west-1a" }),
  ],
  ["InvalidVpcID.NotFound", () => ec2.subnets.create({ vpcId: "vpc-0", cidrBlock: "10.0.4.0/24" })],
  ["DependencyViolation", () => ec2.vpcs.delete(vpc.vpcId)],
  ["CannotDelete", () => ec2.securityGroups.delete(vpc.defaultSecurityGroupId)],
])("refuses with %s", (code, work) => {
  expect(refusal(work)).toBe(code);
});

test("a VPC takes further blocks, within AWS's limits, for as long as a subnet is in them", () => {
  const { vpcId } = ec2.vpcs.create({ cidrBlock: "10.4.0.0/21" });
  const add = (cidrBlock: string) => ec2.cidrBlocks.associate(vpcId, cidrBlock).associationId;
  const { associationId } = ec2.cidrBlocks.associate(vpcId, "10.5.0.0/16");
  const { subnetId } = ec2.subnets.create({ vpcId, cidrBlock: "10.5.16.0/20" });
  expect(refusal(() => ec2.cidrBlocks.disassociate(associationId))).toBe("InvalidCidrBlock.InUse");
  expect(refusal(() => ec2.subnets.create({ vpcId, cidrBlock: "10.6.0.0/20" }))).toBe("InvalidSubnet.Range");
  for (const cidr of ["10.4.0.0/16", "10.5.0.0/20", "172.20.0.0/16", "198.19.0.0/20", "10.6.0.0/15"])
    expect([cidr, refusal(() => add(cidr))]).toEqual([cidr, "InvalidVpc.Range"]);
  for (const cidr of ["10.6.0.0/16", "10.7.0.0/16", "100.64.0.0/16"]) add(cidr);
  expect(refusal(() => add("10.8.0.0/16"))).toBe("CidrLimitExceeded");
  ec2.subnets.delete(subnetId);
  ec2.cidrBlocks.disassociate(associationId);
  expect(refusal(() => ec2.subnets.create({ vpcId, cidrBlock: "10.5.16.0/20" }))).toBe("InvalidSubnet.Range");
  // Beside a first block of 10.0.0.0/15 nothing of 10.0.0.0/16 can be added.
  const low = ec2.vpcs.create({ cidrBlock: "10.0.0.0/21" });
  expect(refusal(() => ec2.cidrBlocks.associate(low.vpcId, "10.0.8.0/21"))).toBe("InvalidVpc.Range");
  ec2.cidrBlocks.associate(low.vpcId, "10.1.0.0/16");
  ec2.vpcs.delete(low.vpcId);
  ec2.vpcs.delete(vpcId);
});

test("a /28 holds eleven addresses, counting interfaces and reservations", () => {
  const { networkInterfaces } = ec2;
  expect(networkInterfaces.freeAddresses(subnet.subnetId)).toBe(11);
  networkInterfaces.reserve(subnet.subnetId, "workgroup", 9);
  const first = networkInterfaces.allocate(subnet.subnetId, "endpoint", "");
  expect(first).toMatchObject({ subnetAddress: "10.0.0.4", privateIpAddress: "127.9.0.4" });
  expect(networkInterfaces.allocate(subnet.subnetId, "endpoint", "").subnetAddress).toBe("10.0.0.5");
  expect(refusal(() => networkInterfaces.allocate(subnet.subnetId, "late", ""))).toBe(
    "InsufficientFreeAddressesInSubnet",
  );
  expect(refusal(() => networkInterfaces.reserve(subnet.subnetId, "workgroup", 10))).toBe(
    "InsufficientFreeAddressesInSubnet",
  );
  expect(refusal(() => ec2.subnets.delete(subnet.subnetId))).toBe("DependencyViolation");
  networkInterfaces.release("workgroup");
  networkInterfaces.release("endpoint");
  expect(networkInterfaces.freeAddresses(subnet.subnetId)).toBe(11);
});

test("a group cannot go while an interface wears it or a rule names it; a rule exists once", () => {
  const { securityGroups, networkInterfaces } = ec2;
  const [one, two] = ["one", "two"].map((groupName) =>
    securityGroups.create({ groupName, description: "d", vpcId: vpc.vpcId }),
  );
  const rule = {
    groupId: one!.groupId,
    isEgress: false,
    ipProtocol: "tcp",
    fromPort: 1,
    toPort: 2,
    referencedSecurityGroupId: two!.groupId,
  };
  const { securityGroupRuleId } = securityGroups.authorize(rule);
  expect(refusal(() => securityGroups.authorize({ ...rule, description: "again" }))).toBe(
    "InvalidPermission.Duplicate",
  );
  expect(refusal(() => securityGroups.delete(two!.groupId))).toBe("DependencyViolation");
  securityGroups.revoke(securityGroupRuleId);
  networkInterfaces.allocate(subnet.subnetId, "wearer", "", [two!.groupId]);
  expect(refusal(() => securityGroups.delete(two!.groupId))).toBe("DependencyViolation");
  networkInterfaces.release("wearer");
  securityGroups.delete(two!.groupId);
  expect(securityGroups.find(two!.groupId)).toBeUndefined();
});

test("an interface endpoint takes one address a subnet, and private DNS needs DNS names", () => {
  const request = {
    vpcId: vpc.vpcId,
    serviceName: "com.amazonaws.us-east-1.logs",
    vpcEndpointType: "Interface" as const,
    subnetIds: [subnet.subnetId],
  };
  expect(refusal(() => ec2.vpcEndpoints.create({ ...request, privateDnsEnabled: true }))).toBe("InvalidParameter");
  ec2.vpcs.modify(vpc.vpcId, { enableDnsHostnames: true });
  const endpoint = ec2.vpcEndpoints.create({ ...request, privateDnsEnabled: true });
  expect(ec2.networkInterfaces.list({ owner: endpoint.vpcEndpointId })).toHaveLength(1);
  expect(refusal(() => ec2.vpcEndpoints.create({ ...request, privateDnsEnabled: true }))).toBe("InvalidParameter");
  ec2.vpcEndpoints.delete(endpoint.vpcEndpointId);
  expect(ec2.networkInterfaces.list()).toEqual([]);
});

test("a VPC has fifty interface endpoints and a group sixty rules in each direction, unless AWS raises them", () => {
  const { vpcId } = ec2.vpcs.create({ cidrBlock: "10.5.0.0/16" });
  const { subnetId } = ec2.subnets.create({ vpcId, cidrBlock: "10.5.0.0/24", availabilityZone: "us-east-1a" });
  const endpoint = (vpcEndpointType: "Gateway" | "Interface") =>
    ec2.vpcEndpoints.create({
      vpcId,
      vpcEndpointType,
      serviceName: "com.amazonaws.us-east-1.kms",
      privateDnsEnabled: false,
      subnetIds: vpcEndpointType === "Interface" ? [subnetId] : [],
    });
  for (let made = 0; made < 50; made++) endpoint("Interface");
  expect(refusal(() => endpoint("Interface"))).toBe("VpcEndpointLimitExceeded");
  expect(refusal(() => endpoint("Gateway"))).toBe("nothing was refused");

  const { groupId } = ec2.securityGroups.create({ groupName: "many", description: "d", vpcId });
  const rule = (at: number, isEgress: boolean) =>
    ec2.securityGroups.authorize({
      groupId,
      isEgress,
      ipProtocol: "tcp",
      fromPort: at,
      toPort: at,
      cidrIpv4: "10.0.0.0/8",
    });
  for (let at = 1; at <= 60; at++) rule(at, false);
  expect(refusal(() => rule(61, false))).toBe("RulesPerSecurityGroupLimitExceeded");
  expect(refusal(() => rule(61, true))).toBe("nothing was refused");
});
