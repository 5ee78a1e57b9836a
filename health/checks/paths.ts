import { contains } from "@redshift-fleet/redshift/declarations";
import type { Network, Rule, SecurityGroup } from "../facts/facts";

/** Something that listens: the groups it wears, the blocks its addresses are from, and its port. */
export interface Place {
  name: string;
  port: number;
  groupIds: string[];
  cidrs: string[];
}

/** Whether one of the rules lets a port through, to or from a member of the groups or everybody in the blocks. */
function lets(rules: readonly Rule[], port: number, peer: Pick<Place, "groupIds" | "cidrs">): boolean {
  const open = rules.filter(
    ({ protocol, fromPort, toPort }) =>
      protocol === "-1" || (protocol === "tcp" && (fromPort === -1 || (fromPort <= port && port <= toPort))),
  );
  const byGroup = open.some(({ groupIds }) => groupIds.some((id) => peer.groupIds.includes(id)));
  const blocks = open.flatMap(({ cidrs }) => cidrs);
  return (
    byGroup || (peer.cidrs.length > 0 && peer.cidrs.every((cidr) => blocks.some((block) => contains(block, cidr))))
  );
}

const rulesOf = (network: Network, ids: readonly string[], direction: "ingress" | "egress") =>
  network.groups.filter(({ id }) => ids.includes(id)).flatMap((group) => group[direction]);

/** Whether what leaves `from` may go to `to`. Something without security groups is held back by none. */
export function passesOut(network: Network, from: Place, to: Place): boolean {
  return from.groupIds.length === 0 || lets(rulesOf(network, from.groupIds, "egress"), to.port, to);
}

/** Whether what comes from `from` is let in to `to`. */
export function passesIn(network: Network, from: Place, to: Place): boolean {
  return to.groupIds.length === 0 || lets(rulesOf(network, to.groupIds, "ingress"), to.port, from);
}

/** A connection between two security groups of which only one end is open. */
export interface HalfOpen {
  place: Place;
  peer: SecurityGroup;
  /** The end that is closed: in to the place, or out of the peer. */
  lacking: "in" | "out";
}

/**
 * Other groups that name a place's groups, or are named by them, in one direction only.
 * @param except a place whose own way is judged apart
 */
export function pairs(place: Place, network: Network, except: Place | undefined): HalfOpen[] {
  const own = { groupIds: place.groupIds, cidrs: [] };
  const others = network.groups.filter(({ id }) => !place.groupIds.includes(id) && !except?.groupIds.includes(id));
  const ingress = rulesOf(network, place.groupIds, "ingress");
  return others.flatMap((peer): HalfOpen[] => {
    const member = { groupIds: [peer.id], cidrs: [] };
    const named = lets(peer.egress, place.port, own);
    const admitted = lets(ingress, place.port, member);
    if (named && !admitted && !lets(ingress, place.port, { groupIds: [], cidrs: place.cidrs }))
      return [{ place, peer, lacking: "in" }];
    if (admitted && !named && !lets(peer.egress, place.port, { groupIds: [], cidrs: place.cidrs }))
      return [{ place, peer, lacking: "out" }];
    return [];
  });
}
