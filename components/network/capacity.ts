import { addressesToCreate, addressesToResize } from "@redshift-fleet/redshift/declarations";
import type { Fault } from "../validation";

/** An NLB asks for eight free addresses in each of its subnets, though it usually holds one. */
export const addressesOfBalancer = 8;

/** What a warehouse needs of each subnet. */
export interface AddressDemand {
  /** Base capacity in RPUs. */
  readonly baseCapacity: number;
  /** Managed endpoints that it has in one subnet, at most. */
  readonly endpointsPerSubnet: number;
}

/** Everything that shares the subnets. */
export interface FleetDemand {
  /** Addresses that one subnet offers (see `usableAddresses`). */
  readonly usable: number;
  /** Interface endpoints for AWS services; each holds one address in every subnet. */
  readonly interfaceEndpoints: number;
  /** Producer and named consumers. */
  readonly warehouses: readonly AddressDemand[];
  /** One member of the pool. */
  readonly poolMember: AddressDemand;
}

/** Addresses that a warehouse holds in each subnet once it exists. */
export function addressesOf(demand: AddressDemand): number {
  return addressesToCreate(demand.baseCapacity) + demand.endpointsPerSubnet;
}

/** Addresses that must stay free so that the largest of the warehouses can be resized to its next size. */
function headroom(demands: readonly AddressDemand[]): number {
  const largest = Math.max(0, ...demands.map((demand) => demand.baseCapacity));
  return largest === 0 ? 0 : addressesToResize(largest);
}

/** How many members a pool in these subnets can have; negative where not even the rest fits. */
export function poolCapacity(fleet: FleetDemand): number {
  const taken = fleet.warehouses.reduce((sum, warehouse) => sum + addressesOf(warehouse), 0);
  const free =
    fleet.usable -
    addressesOfBalancer -
    fleet.interfaceEndpoints -
    headroom([...fleet.warehouses, fleet.poolMember]) -
    taken;
  return Math.floor(free / addressesOf(fleet.poolMember));
}

const larger =
  'give the warehouses larger subnets of their own (docs/operations.md, "A bigger network"; before the first deployment `network.subnetPrefix` does)';

/** Refuses a pool that its subnets cannot hold, with the number that fits. */
export function checkCapacity(path: string, size: number, fleet: FleetDemand): Fault[] {
  const fits = poolCapacity(fleet);
  if (size <= Math.max(fits, 0) && fits >= 0) return [];
  const member = `${addressesOf(fleet.poolMember)} addresses in each subnet at ${fleet.poolMember.baseCapacity} RPUs`;
  return [
    {
      path,
      value: size,
      rule: `must be at most ${Math.max(fits, 0)}: a subnet offers ${fleet.usable} addresses, and each pooled consumer takes ${member}`,
      remedy: fits > 0 ? `Lower it to ${fits} or fewer, or ${larger}` : `Use fewer or smaller warehouses, or ${larger}`,
    },
  ];
}
