import { newId } from "../../aws/account";
import type { Context, ReachableAddresses } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import { blockSize, formatAddress, parseCidr } from "./cidr";
import type { NetworkInterface, SecurityGroup, Subnet } from "./records";

/** AWS keeps the first four addresses and the last one of every subnet. */
const reservedByAws = 5;
const firstUsable = 4;

/** Addresses held in a subnet without an interface of their own. */
interface Reservation {
  subnetId: string;
  owner: string;
  count: number;
}

/** Every address in use in the account's subnets, and who uses it. */
export class NetworkInterfaces {
  private readonly interfaces;
  private readonly reservations;
  private readonly subnets;
  private readonly groups;

  constructor(
    context: Context,
    private readonly addresses: ReachableAddresses,
  ) {
    this.interfaces = context.store.collection<NetworkInterface>("ec2/network-interfaces");
    this.reservations = context.store.collection<Reservation>("ec2/reservations");
    this.subnets = context.store.collection<Subnet>("ec2/subnets");
    this.groups = context.store.collection<SecurityGroup>("ec2/security-groups");
  }

  /**
   * Takes the lowest free address of a subnet.
   * @param owner whose it is: `release(owner)` gives it back.
   * @throws AwsError `InsufficientFreeAddressesInSubnet`, `InvalidSubnetID.NotFound`, `InvalidParameter`
   */
  allocate(subnetId: string, owner: string, description: string, securityGroupIds: string[] = []): NetworkInterface {
    const subnet = this.subnet(subnetId);
    this.requireFree(subnetId, 1);
    this.requireOneNetwork(subnetId, securityGroupIds);
    const subnetAddress = this.lowestFree(subnet);
    const networkInterface: NetworkInterface = {
      id: newId("eni"),
      subnetId,
      vpcId: subnet.vpcId,
      availabilityZone: subnet.availabilityZone,
      subnetAddress,
      privateIpAddress: this.addresses.claim(subnetAddress),
      owner,
      description,
      securityGroupIds,
    };
    this.interfaces.put(networkInterface.id, networkInterface);
    return networkInterface;
  }

  /** Holds `count` addresses for an owner, in place of what the owner held in this subnet before. 0 gives them back. */
  reserve(subnetId: string, owner: string, count: number): void {
    this.subnet(subnetId);
    const key = `${owner}@${subnetId}`;
    const held = this.reservations.get(key)?.count ?? 0;
    if (count > held) this.requireFree(subnetId, count - held);
    if (count > 0) this.reservations.put(key, { subnetId, owner, count });
    else this.reservations.delete(key);
  }

  /** Gives back everything an owner has, in all subnets. */
  release(owner: string): void {
    for (const { id } of this.list({ owner })) this.remove(id);
    for (const { subnetId } of this.reservations.list().filter((held) => held.owner === owner)) {
      this.reservations.delete(`${owner}@${subnetId}`);
    }
  }

  /** Gives back one interface. */
  remove(id: string): void {
    const gone = this.interfaces.get(id);
    if (!gone) return;
    this.interfaces.delete(id);
    this.addresses.release(gone.privateIpAddress);
  }

  /** Replaces the security groups of an owner's interfaces. @throws AwsError `InvalidParameter` */
  setSecurityGroups(owner: string, securityGroupIds: string[]): void {
    for (const { subnetId } of this.list({ owner })) this.requireOneNetwork(subnetId, securityGroupIds);
    for (const networkInterface of this.list({ owner })) {
      this.interfaces.put(networkInterface.id, { ...networkInterface, securityGroupIds });
    }
  }

  /** An interface's groups are of its subnet's VPC. @throws AwsError `InvalidParameter` */
  requireOneNetwork(subnetId: string, securityGroupIds: readonly string[]): void {
    const { vpcId } = this.subnet(subnetId);
    const foreign = securityGroupIds.find((id) => (this.groups.get(id)?.vpcId ?? vpcId) !== vpcId);
    if (foreign)
      throw new AwsError(
        "InvalidParameter",
        `Security group ${foreign} and subnet ${subnetId} belong to different networks.`,
      );
  }

  freeAddresses(subnetId: string): number {
    const { prefix } = parseCidr(this.subnet(subnetId).cidrBlock)!;
    let used = reservedByAws + this.list({ subnetId }).length;
    for (const held of this.reservations.list()) if (held.subnetId === subnetId) used += held.count;
    return blockSize(prefix) - used;
  }

  list(filter: { owner?: string; subnetId?: string } = {}): NetworkInterface[] {
    return this.interfaces
      .list()
      .filter(
        (candidate) =>
          (filter.owner === undefined || candidate.owner === filter.owner) &&
          (filter.subnetId === undefined || candidate.subnetId === filter.subnetId),
      );
  }

  private subnet(subnetId: string): Subnet {
    const subnet = this.subnets.get(subnetId);
    if (!subnet) throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${subnetId}' does not exist`);
    return subnet;
  }

  private requireFree(subnetId: string, count: number): void {
    if (this.freeAddresses(subnetId) >= count) return;
    throw new AwsError(
      "InsufficientFreeAddressesInSubnet",
      `Insufficient free addresses in subnet '${subnetId}': ${count} needed, ${this.freeAddresses(subnetId)} free.`,
    );
  }

  private lowestFree(subnet: Subnet): string {
    const { first, prefix } = parseCidr(subnet.cidrBlock)!;
    const taken = new Set(this.list({ subnetId: subnet.subnetId }).map((used) => used.subnetAddress));
    for (let offset = firstUsable; offset < blockSize(prefix) - 1; offset++) {
      const candidate = formatAddress(first + offset);
      if (!taken.has(candidate)) return candidate;
    }
    throw new AwsError(
      "InsufficientFreeAddressesInSubnet",
      `Insufficient free addresses in subnet '${subnet.subnetId}'.`,
    );
  }
}
