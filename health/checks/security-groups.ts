import { type Balancer, type Facts, type Network, type SecurityGroup, unseen } from "../facts/facts";
import type { Check } from "./check";
import { closedEndpoints } from "./endpoint-paths";
import { bringBack, type Finding } from "./finding";
import { type Place, pairs, passesIn, passesOut } from "./paths";

/**
 * Security groups let clients reach the balancer and every warehouse, the balancer its consumers, and all of them the
 * endpoints of AWS services.
 */
export const securityGroups: Check = {
  id: "security-groups",
  area: "network",
  title: "security groups let clients and balancer through, and everybody to AWS services",
  needs: ["warehouses", "network", "balancer"],
  judge(facts) {
    const { network, balancer } = facts;
    const places = placesOf(facts);
    const front = balancer && frontOf(balancer, network);
    const behind = places.filter(({ pool }) => pool);
    const inner = front ? behind.flatMap((place) => faultsBetween(front, place, network)) : [];
    const outer = [...(front ? [front] : []), ...places];
    const halves = distinct(outer).flatMap((place) => pairs(place, network, front).map(halfOpen));
    const closed = distinct(outer)
      .filter((place) => !halves.some(({ what }) => what.includes(` ${place.name} `)))
      .flatMap((place) => closedTo(place, network, front));
    // A consumer also lets the balancer in, which calls nobody.
    const forClients = outer.filter(({ name }) => name === front?.name || name === "producer");
    const unknown = facts.warehouses.flatMap((warehouse) => (warehouse.workgroup ? [] : [unseen(warehouse)]));
    return [...unique([...inner, ...halves, ...closed, ...closedEndpoints(facts, forClients)]), ...unknown];
  },
};

function placesOf({ warehouses, network }: Facts): (Place & { pool: boolean })[] {
  return warehouses.flatMap(({ name, group, workgroup }) => {
    if (!workgroup) return [];
    const ofEndpoints = workgroup.endpoints.flatMap(({ securityGroupIds }) => securityGroupIds);
    const groupIds = [...new Set(ofEndpoints.length > 0 ? ofEndpoints : workgroup.securityGroupIds)];
    const cidrs = network.subnets.filter(({ id }) => workgroup.subnetIds.includes(id)).map(({ cidr }) => cidr);
    return [{ name, port: workgroup.port, groupIds, cidrs, pool: group === "pool" }];
  });
}

function frontOf(balancer: Balancer, network: Network): Place | undefined {
  if (!balancer.listener) return undefined;
  const cidrs = network.subnets.filter(({ id }) => balancer.subnetIds.includes(id)).map(({ cidr }) => cidr);
  return { name: "the balancer", port: balancer.listener.port, groupIds: balancer.securityGroupIds, cidrs };
}

/** Warehouses with the same groups have the same faults: one of them stands for all. */
function distinct(places: Place[]): Place[] {
  const seen = new Map<string, Place>();
  for (const place of places) {
    const key = JSON.stringify([place.groupIds, place.port]);
    const first = seen.get(key);
    seen.set(key, first ? { ...first, name: `${first.name}, ${place.name}` } : place);
  }
  return [...seen.values()];
}

function faultsBetween(front: Place, place: Place, network: Network): Finding[] {
  const blocked = (groups: string, direction: string): Finding => ({
    what: `Security group ${groups} ${direction} on port ${place.port}`,
    cause:
      "The rule was removed or changed by hand: health checks fail, and connections through the balancer go nowhere.",
    cure: bringBack,
  });
  const findings: Finding[] = [];
  if (!passesOut(network, front, place))
    findings.push(blocked(named(front.groupIds, network), "does not let the balancer out to the pool's consumers"));
  if (!passesIn(network, front, place))
    findings.push(blocked(named(place.groupIds, network), "does not let the balancer in to the pool's consumers"));
  return findings;
}

function halfOpen({ place, peer, lacking }: { place: Place; peer: SecurityGroup; lacking: "in" | "out" }): Finding {
  const target = `${place.name} on port ${place.port}`;
  return {
    what:
      lacking === "in"
        ? `Security group ${label(peer)} may reach ${target}, but nothing there lets it in`
        : `Members of security group ${label(peer)} are let in to ${target}, but may not go out to it`,
    cause: "Of the two rules that a connection between security groups needs, one is missing.",
    cure: bringBack,
  };
}

function closedTo(place: Place, network: Network, front: Place | undefined): Finding[] {
  const others = network.groups.filter(({ id }) => place.groupIds.includes(id)).flatMap(({ ingress }) => ingress);
  const open = others.some(
    (rule) =>
      (rule.protocol === "-1" ||
        (rule.protocol === "tcp" && rule.fromPort <= place.port && place.port <= rule.toPort)) &&
      (rule.cidrs.length > 0 || rule.groupIds.some((id) => place === front || !front?.groupIds.includes(id))),
  );
  if (open || place.groupIds.length === 0) return [];
  return [
    {
      what: `No client may connect to ${place.name} on port ${place.port}`,
      cause: `Security group ${named(place.groupIds, network)} has no rule that lets anybody in.`,
      cure: `Name who may connect in \`network.clientCidrs\`, or ${bringBack}`,
    },
  ];
}

const label = ({ id, name }: SecurityGroup) => `${name} (${id})`;

function named(ids: string[], { groups }: Network): string {
  return ids
    .map((id) => groups.find((group) => group.id === id))
    .map((group) => (group ? label(group) : "that is gone"))
    .join(", ");
}

function unique(findings: Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.what, finding])).values()];
}
