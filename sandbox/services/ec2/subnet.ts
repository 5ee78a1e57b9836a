import type { Subnet as SubnetView } from "@aws-sdk/client-ec2";
import type { Account } from "../../aws/account";
import { operationsOf } from "../../aws/handlers";
import { tagList } from "../../aws/tags";
import { boolean, number, oneOf, string } from "../../provider/resource/property";
import { isMap, type ValueMap } from "../../provider/values";
import { describe, type Kind } from "./describe";
import type { Ec2, Sdk } from "./network";
import type { Subnet } from "./records";
import { all, cidr, one, resource, type Search } from "./resource";
import { givenTags } from "./tags";

const kind: Kind<SubnetView> = {
  id: "SubnetId",
  notFound: "InvalidSubnetID.NotFound",
  filters: [
    ...["availability-zone", "availability-zone-id", "available-ip-address-count", "cidr-block", "default-for-az"],
    ...["ipv6-native", "map-public-ip-on-launch", "owner-id", "state", "subnet-arn", "subnet-id", "vpc-id"],
  ],
  // Other names that https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html has for some.
  special: {
    availabilityZone: ({ AvailabilityZone }) => [AvailabilityZone],
    availabilityZoneId: ({ AvailabilityZoneId }) => [AvailabilityZoneId],
    cidr: ({ CidrBlock }) => [CidrBlock],
    cidrBlock: ({ CidrBlock }) => [CidrBlock],
  },
};

export function subnetOperations({ subnets, networkInterfaces }: Ec2, account: Account) {
  const view = (subnet: Subnet): SubnetView => ({
    SubnetId: subnet.subnetId,
    SubnetArn: account.arn("ec2", `subnet/${subnet.subnetId}`),
    OwnerId: account.accountId,
    State: "available",
    VpcId: subnet.vpcId,
    CidrBlock: subnet.cidrBlock,
    AvailableIpAddressCount: networkInterfaces.freeAddresses(subnet.subnetId),
    AvailabilityZone: subnet.availabilityZone,
    AvailabilityZoneId: subnet.availabilityZoneId,
    MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: subnet.privateDnsHostnameTypeOnLaunch,
      EnableResourceNameDnsARecord: subnet.enableResourceNameDnsARecordOnLaunch,
      EnableResourceNameDnsAAAARecord: false,
    },
    AssignIpv6AddressOnCreation: false,
    DefaultForAz: false,
    Ipv6Native: false,
    Ipv6CidrBlockAssociationSet: [],
    Tags: tagList(subnet.tags),
  });
  return operationsOf<Sdk>({
    CreateSubnet: (input) => {
      const created = subnets.create({
        vpcId: input.VpcId ?? "",
        cidrBlock: input.CidrBlock ?? "",
        availabilityZone: input.AvailabilityZone,
        availabilityZoneId: input.AvailabilityZoneId,
        tags: givenTags(input.TagSpecifications),
      });
      return { Subnet: view(created) };
    },
    DescribeSubnets: (input) => {
      const { items, nextToken } = describe(kind, subnets.list().map(view), input.SubnetIds, input);
      return { Subnets: items, NextToken: nextToken };
    },
    ModifySubnetAttribute: (input) => {
      const { MapPublicIpOnLaunch, EnableResourceNameDnsARecordOnLaunch, PrivateDnsHostnameTypeOnLaunch } = input;
      const { subnetId, ...before } = subnets.get(input.SubnetId ?? "");
      subnets.modify(subnetId, {
        mapPublicIpOnLaunch: MapPublicIpOnLaunch?.Value ?? before.mapPublicIpOnLaunch,
        enableResourceNameDnsARecordOnLaunch:
          EnableResourceNameDnsARecordOnLaunch?.Value ?? before.enableResourceNameDnsARecordOnLaunch,
        privateDnsHostnameTypeOnLaunch: PrivateDnsHostnameTypeOnLaunch ?? before.privateDnsHostnameTypeOnLaunch,
      });
      return {};
    },
    DeleteSubnet: (input) => {
      subnets.delete(input.SubnetId ?? "");
      return {};
    },
  });
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/subnet/ */
export const subnet = resource({
  token: "aws:ec2/subnet:Subnet",
  label: "EC2 Subnet",
  tagged: true,
  properties: {
    assignIpv6AddressOnCreation: boolean({ default: false }),
    availabilityZone: string({ computed: true, replaces: true }),
    availabilityZoneId: string({ computed: true, replaces: true }),
    cidrBlock: string({ replaces: true, computed: true }, cidr),
    customerOwnedIpv4Pool: string(),
    enableDns64: boolean({ default: false }),
    enableLniAtDeviceIndex: number(),
    enableResourceNameDnsARecordOnLaunch: boolean({ default: false }),
    enableResourceNameDnsAaaaRecordOnLaunch: boolean({ default: false }),
    ipv4IpamPoolId: string({ replaces: true }),
    ipv4NetmaskLength: number({ replaces: true }),
    ipv6CidrBlock: string({ computed: true }),
    ipv6IpamPoolId: string({ replaces: true }),
    ipv6Native: boolean({ default: false, replaces: true }),
    ipv6NetmaskLength: number({ replaces: true }),
    mapCustomerOwnedIpOnLaunch: boolean(),
    mapPublicIpOnLaunch: boolean({ default: false }),
    outpostArn: string({ replaces: true }),
    privateDnsHostnameTypeOnLaunch: string({ computed: true }, oneOf("ip-name", "resource-name")),
    vpcId: string({ required: true, replaces: true }),
  },
  outputs: ["arn", "ipv6CidrBlockAssociationId", "ownerId"],
  check: ({ availabilityZone, availabilityZoneId }) =>
    availabilityZone !== undefined && availabilityZoneId !== undefined
      ? [{ property: "availabilityZoneId", reason: "availabilityZone and availabilityZoneId exclude each other" }]
      : [],
  id: "SubnetId",
  members: { arn: "SubnetArn" },
  create: ["CreateSubnet", "vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"],
  read: { operation: "DescribeSubnets", at: "Subnets", ids: "SubnetIds" },
  state({ PrivateDnsNameOptionsOnLaunch: names }) {
    const { HostnameType = null, EnableResourceNameDnsARecord = null }: ValueMap = isMap(names) ? names : {};
    return {
      privateDnsHostnameTypeOnLaunch: HostnameType,
      enableResourceNameDnsARecordOnLaunch: EnableResourceNameDnsARecord,
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: "",
    };
  },
  /** One attribute a call: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html */
  async apply(SubnetId, { news, changed }, { call }) {
    const { mapPublicIpOnLaunch, enableResourceNameDnsARecordOnLaunch, privateDnsHostnameTypeOnLaunch } = news;
    if (changed.has("mapPublicIpOnLaunch"))
      await call("ModifySubnetAttribute", { SubnetId, MapPublicIpOnLaunch: { Value: mapPublicIpOnLaunch === true } });
    if (changed.has("enableResourceNameDnsARecordOnLaunch")) {
      const EnableResourceNameDnsARecordOnLaunch = { Value: enableResourceNameDnsARecordOnLaunch === true };
      await call("ModifySubnetAttribute", { SubnetId, EnableResourceNameDnsARecordOnLaunch });
    }
    if (changed.has("privateDnsHostnameTypeOnLaunch") && typeof privateDnsHostnameTypeOnLaunch === "string") {
      const PrivateDnsHostnameTypeOnLaunch = privateDnsHostnameTypeOnLaunch;
      await call("ModifySubnetAttribute", { SubnetId, PrivateDnsHostnameTypeOnLaunch });
    }
  },
  delete: "DeleteSubnet",
});

const search: Search = {
  type: subnet,
  operation: "DescribeSubnets",
  at: "Subnets",
  id: "SubnetId",
  filters: {
    id: "subnet-id",
    vpcId: "vpc-id",
    cidrBlock: "cidr-block",
    availabilityZone: "availability-zone",
    availabilityZoneId: "availability-zone-id",
    defaultForAz: "default-for-az",
    state: "state",
  },
  more: ({ AvailableIpAddressCount = 0, State = "" }) => ({
    availableIpAddressCount: AvailableIpAddressCount,
    customerOwnedIpv4Pool: "",
    defaultForAz: false,
    enableDns64: false,
    enableLniAtDeviceIndex: 0,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    mapCustomerOwnedIpOnLaunch: false,
    outpostArn: "",
    state: State,
  }),
};

export const subnetFunctions = {
  "aws:ec2/getSubnet:getSubnet": one(search),
  "aws:ec2/getSubnets:getSubnets": all(search),
};
