import { newId } from "../../aws/account";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import { type Cidr, contains, overlaps, parseCidr } from "./cidr";
import type { CidrBlock, Subnet, Vpc } from "./records";

/** Quota "IPv4 CIDR blocks per VPC" (L-83CA0A9D), the first block included. */
const mostBlocks = 5;

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** A block that is known to be one. */
const block = (cidr: string): Cidr => parseCidr(cidr)!;

/**
 * Further blocks of VPCs.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export class CidrBlocks {
  private readonly blocks;
  private readonly vpcs;
  private readonly subnets;

  constructor({ store }: Context) {
    this.blocks = store.collection<CidrBlock>("ec2/cidr-blocks");
    this.vpcs = store.collection<Vpc>("ec2/vpcs");
    this.subnets = store.collection<Subnet>("ec2/subnets");
  }

  /** @throws AwsError `InvalidVpcID.NotFound`, `InvalidVpc.Range`, `CidrLimitExceeded` */
  associate(vpcId: string, cidrBlock: string): CidrBlock {
    const vpc = this.vpcs.get(vpcId);
    if (!vpc) throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${vpcId}' does not exist`);
    const cidr = parseCidr(cidrBlock);
    if (!cidr || cidr.prefix < 16 || cidr.prefix > 28)
      throw new AwsError("InvalidVpc.Range", `The CIDR '${cidrBlock}' is invalid.`);
    const present = this.of(vpc);
    if (present.some((other) => overlaps(block(other), cidr)))
      throw new AwsError("InvalidVpc.Range", `The CIDR '${cidrBlock}' conflicts with another CIDR associated with it`);
    if (restricted(block(vpc.cidrBlock)).some((range) => overlaps(block(range), cidr)))
      throw new AwsError(
        "InvalidVpc.Range",
        `The CIDR '${cidrBlock}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR.`,
      );
    if (present.length >= mostBlocks)
      throw new AwsError(
        "CidrLimitExceeded",
        `This network '${vpcId}' has met its maximum number of allowed CIDRs: ${mostBlocks}`,
      );
    const associated = { associationId: newId("vpc-cidr-assoc"), vpcId, cidrBlock };
    this.blocks.put(associated.associationId, associated);
    return associated;
  }

  find(associationId: string): CidrBlock | undefined {
    return this.blocks.get(associationId);
  }

  /** All blocks of a VPC, the first one first. */
  associations({ vpcId, cidrBlock }: Pick<Vpc, "vpcId" | "cidrBlock">): CidrBlock[] {
    const first = { associationId: `vpc-cidr-assoc-${vpcId.slice("vpc-".length)}`, vpcId, cidrBlock };
    return [first, ...this.blocks.list().filter((other) => other.vpcId === vpcId)];
  }

  /** The same as texts. */
  of(vpc: Pick<Vpc, "vpcId" | "cidrBlock">): string[] {
    return this.associations(vpc).map(({ cidrBlock }) => cidrBlock);
  }

  /** @throws AwsError `InvalidVpcCidrBlockAssociationID.NotFound`, `InvalidCidrBlock.InUse` while a subnet is in it */
  disassociate(associationId: string): void {
    const found = this.blocks.get(associationId);
    if (!found)
      throw new AwsError(
        "InvalidVpcCidrBlockAssociationID.NotFound",
        `The vpc CIDR block association ID '${associationId}' does not exist`,
      );
    const { vpcId, cidrBlock } = found;
    const inUse = this.subnets
      .list()
      .some((subnet) => subnet.vpcId === vpcId && contains(block(cidrBlock), block(subnet.cidrBlock)));
    if (inUse)
      throw new AwsError(
        "InvalidCidrBlock.InUse",
        `The vpc ${vpcId} currently has a subnet within CIDR block ${cidrBlock}`,
      );
    this.blocks.delete(associationId);
  }

  /** A VPC takes its blocks along. */
  dropAll(vpcId: string): void {
    for (const { associationId, vpcId: owner } of this.blocks.list())
      if (owner === vpcId) this.blocks.delete(associationId);
  }
}

/** What cannot be added to a VPC with this first block. */
function restricted(first: Cidr): string[] {
  const own = privateRanges.find((range) => overlaps(block(range), first));
  return [
    "198.19.0.0/16",
    ...(own ? privateRanges.filter((range) => range !== own) : []),
    ...(overlaps(block("10.0.0.0/15"), first) ? ["10.0.0.0/16"] : []),
  ];
}
