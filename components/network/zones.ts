import type { PlannedSubnet } from "./carve";

/** The last letter of a zone's name: `a` of `us-east-1a`. */
export function zoneLetter(az: string): string {
  return az.slice(-1);
}

/**
 * Names what is placed in one of the warehouses' own subnets. With its addresses in it: when warehouses move, what comes
 * and what goes are different things to the engine, so that an update that fails on the way can be taken back.
 */
export function warehouseSubnetKey({ az, cidr }: PlannedSubnet): string {
  return `${zoneLetter(az)}-${cidr.replace(/[./]/g, "-")}`;
}
