import type { Fault } from "../validation";

/**
 * Free addresses that Redshift Serverless wants in each subnet to create a workgroup with enhanced VPC routing, by base
 * capacity in RPUs. https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html
 */
const addressesToCreate: readonly (readonly [rpus: number, addresses: number])[] = [
  [8, 9],
  [32, 13],
  [64, 21],
  [128, 37],
  [256, 69],
  [512, 133],
  [1024, 261],
];

/** Free addresses it wants while a workgroup grows to the next size, by the size it grows to. Same source. */
const addressesToResize: readonly (readonly [rpus: number, addresses: number])[] = [
  [16, 10],
  [32, 13],
  [64, 16],
  [128, 28],
  [256, 52],
  [512, 100],
  [1024, 197],
];

/** An NLB asks for eight free addresses in each of its subnets, though it usually holds one. */
export const addressesOfBalancer = 8;

function lookUp(table: readonly (readonly [number, number])[], rpus: number): number {
  const row = table.find(([upTo]) => rpus <= upTo) ?? table[table.length - 1];
  return row?.[1] ?? 0;
}

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
  return lookUp(addressesToCreate, demand.baseCapacity) + demand.endpointsPerSubnet;
}

/** Addresses that must stay free so that the largest of the warehouses can be resized to its next size. */
function headroom(demands: readonly AddressDemand[]): number {
  const largest = Math.max(0, ...demands.map((demand) => demand.baseCapacity));
  return largest === 0 ? 0 : lookUp(addressesToResize, largest + 1);
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
      remedy:
        fits > 0
          ? `Lower it to ${fits} or fewer, or give the fleet larger subnets (\`network.subnetPrefix\`)`
          : "Give the fleet larger subnets (`network.subnetPrefix`), or fewer or smaller warehouses",
    },
  ];
}
