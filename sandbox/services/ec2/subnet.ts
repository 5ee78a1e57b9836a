import { boolean, number, oneOf, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { defined, optionalFlag, optionalText, text, textMap, type ValueMap } from "../../provider/values";
import { CIDR } from "./vpc";

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/subnet/ */
export const subnet: ResourceType = {
  token: "aws:ec2/subnet:Subnet",
  label: "EC2 Subnet",
  tagged: true,
  properties: {
    assignIpv6AddressOnCreation: boolean({ default: false }),
    availabilityZone: string({ computed: true, replaces: true }),
    availabilityZoneId: string({ computed: true, replaces: true }),
    cidrBlock: string({ replaces: true, computed: true }, CIDR),
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
    region: string({ computed: true, replaces: true }),
    vpcId: string({ required: true, replaces: true }),
  },
  outputs: ["arn", "ipv6CidrBlockAssociationId", "ownerId"],
  check: ({ availabilityZone, availabilityZoneId }) =>
    availabilityZone !== undefined && availabilityZoneId !== undefined
      ? [{ property: "availabilityZoneId", reason: "availabilityZone and availabilityZoneId exclude each other" }]
      : [],
  async create(inputs, { models }) {
    const { subnetId } = models.ec2.subnets.create({
      vpcId: text(inputs, "vpcId"),
      cidrBlock: text(inputs, "cidrBlock"),
      availabilityZone: optionalText(inputs, "availabilityZone"),
      availabilityZoneId: optionalText(inputs, "availabilityZoneId"),
      tags: textMap(inputs, "tagsAll"),
    });
    models.ec2.subnets.modify(subnetId, changeOf(inputs));
    return subnetId;
  },
  async read(id, { models, account }) {
    const found = models.ec2.subnets.find(id);
    if (!found) return undefined;
    return {
      arn: account.arn("ec2", `subnet/${id}`),
      availabilityZone: found.availabilityZone,
      availabilityZoneId: found.availabilityZoneId,
      cidrBlock: found.cidrBlock,
      enableResourceNameDnsARecordOnLaunch: found.enableResourceNameDnsARecordOnLaunch,
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: "",
      mapPublicIpOnLaunch: found.mapPublicIpOnLaunch,
      ownerId: account.accountId,
      privateDnsHostnameTypeOnLaunch: found.privateDnsHostnameTypeOnLaunch,
      tagsAll: found.tags,
      vpcId: found.vpcId,
    };
  },
  async update(id, { news }, { models }) {
    models.ec2.subnets.modify(id, { ...changeOf(news), tags: textMap(news, "tagsAll") });
  },
  async delete(id, _state, { models }) {
    models.ec2.subnets.delete(id);
  },
};

function changeOf(inputs: ValueMap) {
  return defined({
    mapPublicIpOnLaunch: optionalFlag(inputs, "mapPublicIpOnLaunch"),
    enableResourceNameDnsARecordOnLaunch: optionalFlag(inputs, "enableResourceNameDnsARecordOnLaunch"),
    privateDnsHostnameTypeOnLaunch: optionalText(inputs, "privateDnsHostnameTypeOnLaunch"),
  });
}
