import { newId } from "../../aws/account";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import type { Tags } from "../../aws/tags";
import { canonicalCidr, contains, overlaps, parseCidr } from "./cidr";
import type { CidrBlocks } from "./cidr-blocks";
import type { NetworkInterfaces } from "./network-interfaces";
import type { RouteTableAssociation, Subnet, Vpc } from "./records";

export interface CreateSubnet {
  vpcId: string;
  cidrBlock: string;
  availabilityZone?: string;
  availabilityZoneId?: string;
  tags?: Tags;
}

export type SubnetChange = Partial<
  Pick<
    Subnet,
    "mapPublicIpOnLaunch" | "enableResourceNameDnsARecordOnLaunch" | "privateDnsHostnameTypeOnLaunch" | "tags"
  >
>;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html */
export class Subnets {
  private readonly subnets;
  private readonly vpcs;
  private readonly associations;

  constructor(
    private readonly context: Context,
    private readonly interfaces: NetworkInterfaces,
    private readonly cidrBlocks: CidrBlocks,
  ) {
    this.subnets = context.store.collection<Subnet>("ec2/subnets");
    this.vpcs = context.store.collection<Vpc>("ec2/vpcs");
    this.associations = context.store.collection<RouteTableAssociation>("ec2/route-table-associations");
  }

  /** @throws AwsError `InvalidSubnet.Range`, `InvalidSubnet.Conflict`, `InvalidParameterValue`, `InvalidVpcID.NotFound` */
  create(given: CreateSubnet): Subnet {
    const request = { ...given, cidrBlock: canonicalCidr(given.cidrBlock) };
    const vpc = this.vpcs.get(request.vpcId);
    if (!vpc) throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${request.vpcId}' does not exist`);
    this.checkRange(request, vpc);
    const zone = this.zone(request);
    const subnet: Subnet = {
      subnetId: newId("subnet"),
      vpcId: request.vpcId,
      cidrBlock: request.cidrBlock,
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      mapPublicIpOnLaunch: false,
      enableResourceNameDnsARecordOnLaunch: false,
      privateDnsHostnameTypeOnLaunch: "ip-name",
      tags: request.tags ?? {},
    };
    this.subnets.put(subnet.subnetId, subnet);
    return subnet;
  }

  find(subnetId: string): Subnet | undefined {
    return this.subnets.get(subnetId);
  }

  /** @throws AwsError `InvalidSubnetID.NotFound` */
  get(subnetId: string): Subnet {
    const subnet = this.subnets.get(subnetId);
    if (!subnet) throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${subnetId}' does not exist`);
    return subnet;
  }

  list(): Subnet[] {
    return this.subnets.list();
  }

  modify(subnetId: string, change: SubnetChange): Subnet {
    const subnet = { ...this.get(subnetId), ...change };
    this.subnets.put(subnetId, subnet);
    return subnet;
  }

  /** @throws AwsError `DependencyViolation` while an interface is in it. */
  delete(subnetId: string): void {
    this.get(subnetId);
    if (this.interfaces.list({ subnetId }).length > 0) {
      throw new AwsError("DependencyViolation", `The subnet '${subnetId}' has dependencies and cannot be deleted.`);
    }
    for (const { associationId, subnetId: associated } of this.associations.list()) {
      if (associated === subnetId) this.associations.delete(associationId);
    }
    this.subnets.delete(subnetId);
  }

  private checkRange(request: CreateSubnet, vpc: Vpc): void {
    const cidr = parseCidr(request.cidrBlock);
    const outside = !cidr || !this.cidrBlocks.of(vpc).some((block) => contains(parseCidr(block)!, cidr));
    if (!cidr || outside || cidr.prefix < 16 || cidr.prefix > 28) {
      throw new AwsError("InvalidSubnet.Range", `The CIDR '${request.cidrBlock}' is invalid.`);
    }
    const taken = this.list().some((other) => other.vpcId === vpc.vpcId && overlaps(cidr, parseCidr(other.cidrBlock)!));
    if (taken) {
      throw new AwsError("InvalidSubnet.Conflict", `The CIDR '${request.cidrBlock}' conflicts with another subnet`);
    }
  }

  private zone(request: CreateSubnet) {
    const { azs } = this.context.account;
    const { availabilityZone: name, availabilityZoneId: id } = request;
    const found = azs.find((az) => (name === undefined || az.name === name) && (id === undefined || az.id === id));
    if (found) return found;
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${name ?? id}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${azs.map((az) => az.name).join(", ")}.`,
    );
  }
}
