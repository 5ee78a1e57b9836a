import { number, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { text } from "../../provider/values";
import { CIDR } from "./vpc";

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpcipv4cidrblockassociation/ */
export const vpcCidrBlock: ResourceType = {
  token: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  label: "EC2 VPC IPV4 CIDR Block Association",
  properties: {
    cidrBlock: string({ computed: true, replaces: true }, CIDR),
    ipv4IpamPoolId: string({ replaces: true }),
    ipv4NetmaskLength: number({ replaces: true }),
    region: string({ computed: true, replaces: true }),
    vpcId: string({ required: true, replaces: true }),
  },
  outputs: [],
  async create(inputs, { models }) {
    return models.ec2.cidrBlocks.associate(text(inputs, "vpcId"), text(inputs, "cidrBlock")).associationId;
  },
  async read(id, { models }) {
    const found = models.ec2.cidrBlocks.find(id);
    return found && { cidrBlock: found.cidrBlock, vpcId: found.vpcId };
  },
  async update() {},
  async delete(id, _state, { models }) {
    models.ec2.cidrBlocks.disassociate(id);
  },
};
