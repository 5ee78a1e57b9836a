import type { Invoke } from "../../provider/resource/invoke";
import type { TypeContext } from "../../provider/resource/resource-type";
import { isMap, maps, texts, type ValueMap } from "../../provider/values";
import type { SecurityGroup, Subnet, Vpc } from "./records";
import { getAvailabilityZone, getAvailabilityZones } from "./zones";

/** The names that filters use, with the record's value for each. */
type Attributes = Record<string, string | boolean | undefined>;

/** True when a thing meets the arguments `tags` and `filters`. */
function meets(args: ValueMap, tags: Record<string, string>, attributes: Attributes): boolean {
  const wanted = isMap(args.tags) ? args.tags : {};
  if (!Object.entries(wanted).every(([key, value]) => tags[key] === value)) return false;
  return maps(args, "filters").every((filter) => {
    const name = String(filter.name);
    const actual = name.startsWith("tag:") ? tags[name.slice(4)] : attributes[name];
    if (!name.startsWith("tag:") && !(name in attributes)) throw new Error(`The filter '${name}' is invalid`);
    return texts(filter, "values").some((value) => pattern(value).test(String(actual)));
  });
}

/** Filters take `*` and `?`. */
function pattern(value: string): RegExp {
  const escaped = value.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/** Arguments that name an attribute directly, such as `id` or `vpcId`. */
function equal(args: ValueMap, values: Attributes): boolean {
  return Object.entries(values).every(
    ([key, value]) => args[key] === undefined || args[key] === "" || args[key] === value,
  );
}

function single<T>(found: T[], what: string): T {
  if (found.length === 0) throw new Error(`no matching EC2 ${what} found`);
  if (found.length > 1)
    throw new Error(
      `multiple EC2 ${what}s matched; use additional constraints to reduce matches to a single EC2 ${what}`,
    );
  return found[0]!;
}

function describeVpc(vpc: Vpc, { account, models }: TypeContext): ValueMap {
  return {
    arn: account.arn("ec2", `vpc/${vpc.vpcId}`),
    cidrBlock: vpc.cidrBlock,
    cidrBlockAssociations: models.ec2.cidrBlocks
      .associations(vpc)
      .map(({ associationId, cidrBlock }) => ({ associationId, cidrBlock, state: "associated" })),
    default: false,
    dhcpOptionsId: vpc.dhcpOptionsId,
    enableDnsHostnames: vpc.enableDnsHostnames,
    enableDnsSupport: vpc.enableDnsSupport,
    enableNetworkAddressUsageMetrics: vpc.enableNetworkAddressUsageMetrics,
    id: vpc.vpcId,
    instanceTenancy: vpc.instanceTenancy,
    ipv6AssociationId: "",
    ipv6CidrBlock: "",
    ipv6CidrBlockAssociations: [],
    mainRouteTableId: vpc.mainRouteTableId,
    ownerId: account.accountId,
    state: "available",
    tags: vpc.tags,
  };
}

const vpcMatches = (args: ValueMap) => (vpc: Vpc) =>
  equal(args, { id: vpc.vpcId, cidrBlock: vpc.cidrBlock, dhcpOptionsId: vpc.dhcpOptionsId, state: "available" }) &&
  args.default !== true &&
  meets(args, vpc.tags, { "vpc-id": vpc.vpcId, cidr: vpc.cidrBlock, "cidr-block": vpc.cidrBlock, state: "available" });

const getVpc: Invoke = {
  async run(args, context) {
    return describeVpc(single(context.models.ec2.vpcs.list().filter(vpcMatches(args)), "VPC"), context);
  },
};

const getVpcs: Invoke = {
  async run(args, { models, region }) {
    return {
      ...args,
      id: region,
      ids: models.ec2.vpcs
        .list()
        .filter(vpcMatches(args))
        .map((vpc) => vpc.vpcId),
    };
  },
};

const subnetMatches = (args: ValueMap) => (subnet: Subnet) =>
  equal(args, {
    id: subnet.subnetId,
    vpcId: subnet.vpcId,
    cidrBlock: subnet.cidrBlock,
    availabilityZone: subnet.availabilityZone,
    availabilityZoneId: subnet.availabilityZoneId,
    state: "available",
  }) &&
  meets(args, subnet.tags, {
    "subnet-id": subnet.subnetId,
    "vpc-id": subnet.vpcId,
    "cidr-block": subnet.cidrBlock,
    "availability-zone": subnet.availabilityZone,
    "availability-zone-id": subnet.availabilityZoneId,
    "map-public-ip-on-launch": subnet.mapPublicIpOnLaunch,
    state: "available",
  });

const getSubnet: Invoke = {
  async run(args, { models, account }) {
    const { ec2 } = models;
    const subnet = single(ec2.subnets.list().filter(subnetMatches(args)), "Subnet");
    return {
      arn: account.arn("ec2", `subnet/${subnet.subnetId}`),
      assignIpv6AddressOnCreation: false,
      availabilityZone: subnet.availabilityZone,
      availabilityZoneId: subnet.availabilityZoneId,
      availableIpAddressCount: ec2.networkInterfaces.freeAddresses(subnet.subnetId),
      cidrBlock: subnet.cidrBlock,
      customerOwnedIpv4Pool: "",
      defaultForAz: false,
      enableDns64: false,
      enableLniAtDeviceIndex: 0,
      enableResourceNameDnsARecordOnLaunch: subnet.enableResourceNameDnsARecordOnLaunch,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      id: subnet.subnetId,
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: "",
      ipv6Native: false,
      mapCustomerOwnedIpOnLaunch: false,
      mapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
      outpostArn: "",
      ownerId: account.accountId,
      privateDnsHostnameTypeOnLaunch: subnet.privateDnsHostnameTypeOnLaunch,
      state: "available",
      tags: subnet.tags,
      vpcId: subnet.vpcId,
    };
  },
};

const getSubnets: Invoke = {
  async run(args, { models, region }) {
    const found = models.ec2.subnets.list().filter(subnetMatches(args));
    return { tags: {}, ...args, id: region, ids: found.map((subnet) => subnet.subnetId) };
  },
};

const groupMatches = (args: ValueMap) => (group: SecurityGroup) =>
  equal(args, { id: group.groupId, name: group.groupName, vpcId: group.vpcId }) &&
  meets(args, group.tags, {
    "group-id": group.groupId,
    "group-name": group.groupName,
    "vpc-id": group.vpcId,
    description: group.description,
  });

const getSecurityGroup: Invoke = {
  async run(args, { models, account }) {
    const group = single(models.ec2.securityGroups.list().filter(groupMatches(args)), "Security Group");
    return {
      arn: account.arn("ec2", `security-group/${group.groupId}`),
      description: group.description,
      id: group.groupId,
      name: group.groupName,
      tags: group.tags,
      vpcId: group.vpcId,
    };
  },
};

/** AWS's own lists: the addresses of services that have gateway endpoints. */
const getPrefixList: Invoke = {
  async run(args, { models, region }) {
    const known = ["s3", "dynamodb"].map((service) => {
      const name = `com.amazonaws.${region}.${service}`;
      return { id: models.ec2.vpcEndpoints.prefixListId(name), name };
    });
    const found = known.filter(
      ({ id, name }) =>
        equal(args, { prefixListId: id, name }) && meets(args, {}, { "prefix-list-id": id, "prefix-list-name": name }),
    );
    return { ...single(found, "Prefix List"), cidrBlocks: [] };
  },
};

export const functions: Readonly<Record<string, Invoke>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getAvailabilityZone:getAvailabilityZone": getAvailabilityZone,
  "aws:ec2/getVpc:getVpc": getVpc,
  "aws:ec2/getVpcs:getVpcs": getVpcs,
  "aws:ec2/getSubnet:getSubnet": getSubnet,
  "aws:ec2/getSubnets:getSubnets": getSubnets,
  "aws:ec2/getSecurityGroup:getSecurityGroup": getSecurityGroup,
  "aws:ec2/getPrefixList:getPrefixList": getPrefixList,
};
