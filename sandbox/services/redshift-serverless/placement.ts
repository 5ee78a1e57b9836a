import type { Subnet } from "../ec2/records";
import { addressesPerSubnet, addressesToResize } from "./capacity";
import type { ServerlessContext } from "./context";
import { invalid } from "./errors";
import type { InterfaceRecord, WorkgroupRecord } from "./records";

export const ownerOf = (workgroupId: string) => `redshift-serverless/workgroup/${workgroupId}`;

/**
 * A workgroup's subnets, looked up and checked: one VPC, and three availability zones with enhanced VPC routing or two
 * without.
 * @throws ValidationException
 */
export async function checkSubnets(
  context: ServerlessContext,
  subnetIds: string[] | undefined,
  enhancedVpcRouting: boolean,
): Promise<Subnet[]> {
  if (!subnetIds?.length) throw invalid("subnetIds is needed: this account has no default VPC.");
  const subnets = await context.subnets([...new Set(subnetIds)]);
  const vpcs = new Set(subnets.map(({ vpcId }) => vpcId));
  if (vpcs.size > 1) throw invalid(`The subnets must be in one VPC; they are in ${[...vpcs].join(", ")}.`);
  const { azs, zonesWithoutServerless } = context.account;
  // AWS asks for "supported Availability Zone IDs" (serverless-usage-considerations); its words of refusal are not known.
  const unsupported = subnets.find(({ availabilityZone }) =>
    azs.some(({ name, id }) => name === availabilityZone && zonesWithoutServerless.includes(id)),
  );
  if (unsupported)
    throw invalid(
      `The subnet ${unsupported.subnetId} is in ${unsupported.availabilityZone}, an Availability Zone that Amazon Redshift Serverless does not support. Choose subnets in supported Availability Zones.`,
    );
  const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
  const needed = enhancedVpcRouting ? 3 : 2;
  if (subnets.length < needed || zones.length < needed) {
    const condition = enhancedVpcRouting ? "with enhanced VPC routing" : "without enhanced VPC routing";
    throw invalid(
      `A workgroup ${condition} needs at least ${needed} subnets in ${needed} Availability Zones; the given ones are in ${zones.join(", ")}.`,
    );
  }
  return subnets;
}

/**
 * Takes the addresses that a workgroup of this capacity uses: one interface a subnet, and the rest of the table's
 * number held. Interfaces that are there already stay.
 * @throws ValidationException where a subnet has too few free addresses; nothing is taken then.
 */
export function holdAddresses(
  context: ServerlessContext,
  workgroup: {
    owner: string;
    name: string;
    subnetIds: string[];
    securityGroupIds: string[];
    capacity: number;
    enhancedVpcRouting: boolean;
  },
): InterfaceRecord[] {
  const { networkInterfaces } = context;
  requireOneNetwork(context, workgroup.subnetIds, workgroup.securityGroupIds);
  const needed = addressesPerSubnet(workgroup.capacity, workgroup.enhancedVpcRouting);
  const existing = networkInterfaces.list({ owner: workgroup.owner });
  for (const subnetId of workgroup.subnetIds) {
    if (existing.some((candidate) => candidate.subnetId === subnetId)) continue;
    requireFree(context, subnetId, needed, `a workgroup of ${workgroup.capacity} RPU`);
  }
  for (const left of existing.filter(({ subnetId }) => !workgroup.subnetIds.includes(subnetId))) {
    networkInterfaces.reserve(left.subnetId, workgroup.owner, 0);
    networkInterfaces.remove(left.id);
  }
  return workgroup.subnetIds.map((subnetId) => {
    const held =
      existing.find((candidate) => candidate.subnetId === subnetId) ??
      networkInterfaces.allocate(
        subnetId,
        workgroup.owner,
        `Redshift Serverless workgroup ${workgroup.name}`,
        workgroup.securityGroupIds,
      );
    networkInterfaces.reserve(subnetId, workgroup.owner, needed - 1);
    return {
      networkInterfaceId: held.id,
      subnetId,
      privateIpAddress: held.privateIpAddress,
      availabilityZone: held.availabilityZone,
    };
  });
}

/**
 * With one attribute an update, a workgroup cannot leave its VPC: whichever of subnets and groups goes first, the other
 * is of the old one. The reason is EC2's, which refuses such interfaces; Redshift's words are not known.
 * @throws ValidationException
 */
export function requireOneNetwork(context: ServerlessContext, subnetIds: string[], securityGroupIds: string[]): void {
  try {
    for (const subnetId of subnetIds) context.networkInterfaces.requireOneNetwork(subnetId, securityGroupIds);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

/** @throws ValidationException where a subnet has too few free addresses to grow. */
export function requireRoomToResize(context: ServerlessContext, record: WorkgroupRecord, target: number): void {
  if (record.baseCapacity === undefined || target <= record.baseCapacity) return;
  for (const subnetId of record.subnetIds) {
    const needed = addressesToResize(target, record.enhancedVpcRouting);
    requireFree(context, subnetId, needed, `growing from ${record.baseCapacity} to ${target} RPU`);
  }
}

function requireFree(context: ServerlessContext, subnetId: string, needed: number, purpose: string): void {
  const free = context.networkInterfaces.freeAddresses(subnetId);
  if (free < needed) {
    throw invalid(
      `The subnet ${subnetId} does not have enough free IP addresses: ${purpose} needs ${needed}, and ${free} are free.`,
    );
  }
}
