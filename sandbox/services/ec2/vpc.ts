import { boolean, matches, number, oneOf, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { defined, flag, optionalFlag, optionalText, text, textMap } from "../../provider/values";

export const CIDR = matches(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "expected a valid IPv4 CIDR");

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpc/ */
export const vpc: ResourceType = {
  token: "aws:ec2/vpc:Vpc",
  label: "EC2 VPC",
  tagged: true,
  properties: {
    assignGeneratedIpv6CidrBlock: boolean(),
    cidrBlock: string({ replaces: true, computed: true }, CIDR, vpcPrefix),
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
    region: string({ computed: true, replaces: true }),
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
  async create(inputs, { models }) {
    const { vpcs } = models.ec2;
    const instanceTenancy = optionalText(inputs, "instanceTenancy");
    const { vpcId } = vpcs.create({
      cidrBlock: text(inputs, "cidrBlock"),
      instanceTenancy,
      tags: textMap(inputs, "tagsAll"),
    });
    vpcs.modify(vpcId, {
      enableDnsSupport: flag(inputs, "enableDnsSupport"),
      enableDnsHostnames: flag(inputs, "enableDnsHostnames"),
      enableNetworkAddressUsageMetrics: flag(inputs, "enableNetworkAddressUsageMetrics"),
    });
    return vpcId;
  },
  async read(id, { models, account }) {
    const found = models.ec2.vpcs.find(id);
    if (!found) return undefined;
    return {
      arn: account.arn("ec2", `vpc/${id}`),
      cidrBlock: found.cidrBlock,
      enableDnsHostnames: found.enableDnsHostnames,
      enableDnsSupport: found.enableDnsSupport,
      enableNetworkAddressUsageMetrics: found.enableNetworkAddressUsageMetrics,
      instanceTenancy: found.instanceTenancy,
      defaultNetworkAclId: found.defaultNetworkAclId,
      defaultRouteTableId: found.mainRouteTableId,
      mainRouteTableId: found.mainRouteTableId,
      defaultSecurityGroupId: found.defaultSecurityGroupId,
      dhcpOptionsId: found.dhcpOptionsId,
      ipv6AssociationId: "",
      ipv6CidrBlock: "",
      ipv6CidrBlockNetworkBorderGroup: "",
      ownerId: account.accountId,
      tagsAll: found.tags,
    };
  },
  async update(id, { news }, { models }) {
    const change = {
      enableDnsSupport: optionalFlag(news, "enableDnsSupport"),
      enableDnsHostnames: optionalFlag(news, "enableDnsHostnames"),
      enableNetworkAddressUsageMetrics: optionalFlag(news, "enableNetworkAddressUsageMetrics"),
      instanceTenancy: optionalText(news, "instanceTenancy"),
      tags: textMap(news, "tagsAll"),
    };
    models.ec2.vpcs.modify(id, defined(change));
  },
  async delete(id, _state, { models }) {
    models.ec2.vpcs.delete(id);
  },
};

function vpcPrefix(value: unknown): string | undefined {
  const prefix = Number(String(value).split("/")[1]);
  return prefix >= 16 && prefix <= 28
    ? undefined
    : `expected a block of /16 to /28 (AWS's limits for a VPC), got ${JSON.stringify(value)}`;
}
