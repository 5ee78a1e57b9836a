import { type Graph, isOpen, type Member, type Reference } from "./graph";
import { inWords } from "./names";
import { Undecided } from "./peek";
import type { Report } from "./policy";
import type { Token } from "./types";

export const subnetTypes = ["aws:ec2/subnet:Subnet"] as const;
type SubnetReference = Reference<(typeof subnetTypes)[number]>;

/**
 * Demands that the subnets named by a property lie in enough Availability Zones. They are known by number even when
 * their ids are not; of subnets outside the stack nothing but the number is known.
 * @param key the property that names them, for the message.
 */
export function demandZones(subnets: SubnetReference, key: string, zones: number, report: Report): void {
  if (isOpen(subnets)) throw new Undecided([key]);
  const count = subnets.count ?? subnets.members.length;
  if (count < zones) {
    report.violation(`${key} names ${count} subnets, fewer than the ${zones} Availability Zones needed`);
    return;
  }
  const known = new Set<string>();
  const open: string[] = [];
  for (const subnet of subnets.members) {
    const zone = zoneOf(subnet);
    if (zone === undefined) open.push(`${subnet.name}.availabilityZone`);
    else known.add(zone);
  }
  if (known.size >= zones) return;
  if (known.size + open.length + subnets.outside < zones) {
    const seen = known.size > 0 ? ` (${inWords([...known].sort())})` : "";
    report.violation(`${key} spans ${known.size + open.length} Availability Zones${seen}, not ${zones}`);
  } else if (open.length > 0) throw new Undecided(open);
  else report.unseen(`${key} names subnets that are not part of this stack`);
}

/** The zone of a subnet, by name or id, if it is known. */
export function zoneOf(subnet: Member<"aws:ec2/subnet:Subnet">): string | undefined {
  for (const key of ["availabilityZone", "availabilityZoneId"] as const) {
    const zone = subnet.peek(key);
    if (zone.state === "known") return String(zone.value);
  }
  return undefined;
}

/** The subnets that a property names. */
export function subnetsOf<T extends Token>(
  graph: Graph,
  member: Member<T>,
  key: Parameters<Member<T>["peek"]>[0],
): SubnetReference {
  return graph.reference(member, key, subnetTypes);
}
