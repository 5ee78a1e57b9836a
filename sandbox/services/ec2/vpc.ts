import type { NetworkAcl, VpcCidrBlockAssociation, Vpc as VpcView } from "@aws-sdk/client-ec2";
import type { Account } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { operationsOf } from "../../aws/handlers";
import { tagList } from "../../aws/tags";
import { boolean, number, oneOf, string } from "../../provider/resource/property";
import { lookUp } from "../../provider/resource/resource";
import type { TypeContext } from "../../provider/resource/resource-type";
import { isMap, maps, type Value } from "../../provider/values";
import { describe, type Kind } from "./describe";
import type { Ec2, Sdk } from "./network";
import type { CidrBlock, Vpc } from "./records";
import { all, cidr, one, resource, type Search } from "./resource";
import { givenTags } from "./tags";
import type { VpcChange } from "./vpcs";

const kind: Kind<VpcView> = {
  id: "VpcId",
  notFound: "InvalidVpcID.NotFound",
  filters: ["dhcp-options-id", "is-default", "owner-id", "state", "vpc-id"],
  special: {
    cidr: ({ CidrBlock }) => [CidrBlock],
    "cidr-block": ({ CidrBlock }) => [CidrBlock],
    "cidr-block-association.association-id": ({ CidrBlockAssociationSet = [] }) =>
      CidrBlockAssociationSet.map(({ AssociationId }) => AssociationId),
    "cidr-block-association.cidr-block": ({ CidrBlockAssociationSet = [] }) =>
      CidrBlockAssociationSet.map((association) => association.CidrBlock),
  },
};

const aclKind: Kind<NetworkAcl> = {
  id: "NetworkAclId",
  notFound: "InvalidNetworkAclID.NotFound",
  filters: ["network-acl-id", "owner-id", "vpc-id"],
  special: { default: ({ IsDefault }) => [IsDefault] },
};

/** Attributes that are asked for and changed one at a time, by their names in requests. */
const attributes = {
  enableDnsSupport: "EnableDnsSupport",
  enableDnsHostnames: "EnableDnsHostnames",
  enableNetworkAddressUsageMetrics: "EnableNetworkAddressUsageMetrics",
} as const;
const attributeNames = Object.entries(attributes) as [
  keyof typeof attributes,
  (typeof attributes)["enableDnsSupport"],
][];

export function vpcOperations({ vpcs, cidrBlocks }: Ec2, account: Account) {
  const association = ({ associationId, cidrBlock }: CidrBlock): VpcCidrBlockAssociation => ({
    AssociationId: associationId,
    CidrBlock: cidrBlock,
    CidrBlockState: { State: "associated" },
  });
  const view = (vpc: Vpc): VpcView => ({
    VpcId: vpc.vpcId,
    OwnerId: account.accountId,
    State: "available",
    CidrBlock: vpc.cidrBlock,
    CidrBlockAssociationSet: cidrBlocks.associations(vpc).map(association),
    Ipv6CidrBlockAssociationSet: [],
    DhcpOptionsId: vpc.dhcpOptionsId,
    InstanceTenancy: vpc.instanceTenancy,
    IsDefault: false,
    Tags: tagList(vpc.tags),
  });
  const acl = (vpc: Vpc): NetworkAcl => ({
    NetworkAclId: vpc.defaultNetworkAclId,
    VpcId: vpc.vpcId,
    OwnerId: account.accountId,
    IsDefault: true,
    Associations: [],
    Entries: [],
    Tags: [],
  });
  return operationsOf<Sdk>({
    CreateVpc: (input) => {
      const { CidrBlock = "", InstanceTenancy, TagSpecifications } = input;
      const request = { cidrBlock: CidrBlock, instanceTenancy: InstanceTenancy, tags: givenTags(TagSpecifications) };
      return { Vpc: view(vpcs.create(request)) };
    },
    DescribeVpcs: (input) => {
      const { items, nextToken } = describe(kind, vpcs.list().map(view), input.VpcIds, input);
      return { Vpcs: items, NextToken: nextToken };
    },
    DescribeVpcAttribute: ({ VpcId = "", Attribute }) => {
      const vpc = vpcs.get(VpcId);
      const found = attributeNames.find(([, name]) => name.toLowerCase() === Attribute?.toLowerCase());
      if (found) return { VpcId, [found[1]]: { Value: vpc[found[0]] } };
      throw new AwsError("InvalidParameterValue", `The attribute '${Attribute}' is not implemented by the sandbox.`);
    },
    ModifyVpcAttribute: (input) => {
      const given = attributeNames.map(([key, name]) => [key, input[name]?.Value] as const);
      const change: VpcChange = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      vpcs.modify(input.VpcId ?? "", change);
      return {};
    },
    ModifyVpcTenancy: ({ VpcId = "", InstanceTenancy }) => {
      vpcs.modify(VpcId, { instanceTenancy: InstanceTenancy });
      return { ReturnValue: true };
    },
    DeleteVpc: ({ VpcId = "" }) => {
      vpcs.delete(VpcId);
      return {};
    },
    AssociateVpcCidrBlock: ({ VpcId = "", CidrBlock = "" }) => ({
      VpcId,
      CidrBlockAssociation: association(cidrBlocks.associate(VpcId, CidrBlock)),
    }),
    DisassociateVpcCidrBlock: ({ AssociationId = "" }) => {
      cidrBlocks.disassociate(AssociationId);
      return {};
    },
    /** Of these there are those that VPCs are born with. */
    DescribeNetworkAcls: (input) => {
      const { items, nextToken } = describe(aclKind, vpcs.list().map(acl), input.NetworkAclIds, input);
      return { NetworkAcls: items, NextToken: nextToken };
    },
  });
}

const own = (VpcId: string, name: string): Value => [
  { Name: "vpc-id", Values: [VpcId] },
  { Name: name, Values: [name === "group-name" ? "default" : "true"] },
];

async function attribute(VpcId: string, name: string, { call }: TypeContext): Promise<Value> {
  const answer = (await call("DescribeVpcAttribute", { VpcId, Attribute: name }))[name];
  return isMap(answer) ? (answer.Value ?? false) : false;
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpc/ */
export const vpc = resource({
  token: "aws:ec2/vpc:Vpc",
  label: "EC2 VPC",
  tagged: true,
  properties: {
    assignGeneratedIpv6CidrBlock: boolean(),
    cidrBlock: string({ replaces: true, computed: true }, cidr, vpcPrefix),
    enableDnsHostnames: boolean({ computed: true }),
    enableDnsSupport: boolean({ default: true }),
    enableNetworkAddressUsageMetrics: boolean({ computed: true }),
    instanceTenancy: string({ default: "default" }, oneOf("default", "dedicated")),
    ipv4IpamPoolId: string({ replaces: true }),
    ipv4NetmaskLength: number({ replaces: true }),
    ipv6CidrBlock: string({ computed: true }),
    ipv6CidrBlockNetworkBorderGroup: string({ computed: true }),
    ipv6IpamPoolId: string(),
    ipv6NetmaskLength: number(),
  },
  outputs: [
    "arn",
    "defaultNetworkAclId",
    "defaultRouteTableId",
    "defaultSecurityGroupId",
    "dhcpOptionsId",
    "ipv6AssociationId",
    "mainRouteTableId",
    "ownerId",
  ],
  check: ({ cidrBlock, ipv4IpamPoolId }) =>
    cidrBlock === undefined && ipv4IpamPoolId === undefined
      ? [{ property: "cidrBlock", reason: "one of cidrBlock or ipv4IpamPoolId must be given" }]
      : [],
  id: "VpcId",
  create: ["CreateVpc", "cidrBlock", "instanceTenancy"],
  read: { operation: "DescribeVpcs", at: "Vpcs", ids: "VpcIds" },
  async state(_found, context, _before, id) {
    const acl = await lookUp(context, "DescribeNetworkAcls", { Filters: own(id, "default") }, "NetworkAcls");
    const main = await lookUp(context, "DescribeRouteTables", { Filters: own(id, "association.main") }, "RouteTables");
    const groups = { Filters: own(id, "group-name") };
    const group = await lookUp(context, "DescribeSecurityGroups", groups, "SecurityGroups");
    return {
      arn: context.account.arn("ec2", `vpc/${id}`),
      enableDnsHostnames: await attribute(id, attributes.enableDnsHostnames, context),
      enableDnsSupport: await attribute(id, attributes.enableDnsSupport, context),
      enableNetworkAddressUsageMetrics: await attribute(id, attributes.enableNetworkAddressUsageMetrics, context),
      defaultNetworkAclId: acl?.NetworkAclId ?? "",
      defaultRouteTableId: main?.RouteTableId ?? "",
      mainRouteTableId: main?.RouteTableId ?? "",
      defaultSecurityGroupId: group?.GroupId ?? "",
      ipv6AssociationId: "",
      ipv6CidrBlock: "",
      ipv6CidrBlockNetworkBorderGroup: "",
    };
  },
  async apply(VpcId, { news, changed }, { call }) {
    // Names of hosts need DNS: it is switched on before them, and off after them.
    const order = news.enableDnsSupport === true ? attributeNames : [...attributeNames].reverse();
    for (const [key, name] of order)
      if (changed.has(key)) await call("ModifyVpcAttribute", { VpcId, [name]: { Value: news[key] === true } });
  },
  update: [["ModifyVpcTenancy", "instanceTenancy"]],
  delete: "DeleteVpc",
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpcipv4cidrblockassociation/ */
export const vpcCidrBlock = resource({
  token: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  label: "EC2 VPC IPV4 CIDR Block Association",
  properties: {
    cidrBlock: string({ computed: true, replaces: true }, cidr),
    ipv4IpamPoolId: string({ replaces: true }),
    ipv4NetmaskLength: number({ replaces: true }),
    vpcId: string({ required: true, replaces: true }),
  },
  id: "AssociationId",
  create: ["AssociateVpcCidrBlock", "vpcId", "cidrBlock"],
  async read(id, context) {
    const Filters = [{ Name: "cidr-block-association.association-id", Values: [id] }];
    const found = await lookUp(context, "DescribeVpcs", { Filters }, "Vpcs");
    const block = maps(found ?? {}, "CidrBlockAssociationSet").find(({ AssociationId }) => AssociationId === id);
    return block && { cidrBlock: block.CidrBlock ?? "", vpcId: found?.VpcId ?? "" };
  },
  delete: "DisassociateVpcCidrBlock",
});

function vpcPrefix(value: unknown): string | undefined {
  const prefix = Number(String(value).split("/")[1]);
  return prefix >= 16 && prefix <= 28
    ? undefined
    : `expected a block of /16 to /28 (AWS's limits for a VPC), got ${JSON.stringify(value)}`;
}

const search: Search = {
  type: vpc,
  operation: "DescribeVpcs",
  at: "Vpcs",
  id: "VpcId",
  filters: {
    id: "vpc-id",
    cidrBlock: "cidr",
    default: "is-default",
    dhcpOptionsId: "dhcp-options-id",
    state: "state",
  },
  more: (found) => ({
    cidrBlockAssociations: maps(found, "CidrBlockAssociationSet").map(({ AssociationId = "", CidrBlock = "" }) => ({
      associationId: AssociationId,
      cidrBlock: CidrBlock,
      state: "associated",
    })),
    default: false,
    ipv6CidrBlockAssociations: [],
    state: found.State ?? "",
  }),
};

export const vpcFunctions = { "aws:ec2/getVpc:getVpc": one(search), "aws:ec2/getVpcs:getVpcs": all(search) };
