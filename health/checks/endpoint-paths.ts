import type { Facts, Network, SecurityGroup } from "../facts/facts";
import { bringBack, type Finding } from "./finding";
import { type Place, passesIn, passesOut } from "./paths";

const httpsPort = 443;

/** Somebody who calls AWS services from inside the VPC. */
type Caller = Place & { readonly label: string };

/**
 * Callers whom security groups keep from the interface endpoints of AWS services. With private DNS a service's name
 * leads everybody in the VPC to its endpoint, so that there is no other way.
 *
 * @param listening what only clients connect to: the balancer and the producer
 */
export function closedEndpoints({ network, warehouses }: Facts, listening: readonly Place[]): Finding[] {
  // Endpoints and clients may be anywhere in the VPC; the fleet's own subnets stand for it.
  const cidrs = network.subnets.map(({ cidr }) => cidr);
  const callers = distinct([
    ...warehouses.flatMap(({ name, workgroup }) =>
      workgroup ? [{ label: name, groupIds: workgroup.securityGroupIds }] : [],
    ),
    ...clientGroups(network, listening).map((group) => ({
      label: `members of security group ${group.name} (${group.id})`,
      groupIds: [group.id],
    })),
  ]).map((caller): Caller => ({ ...caller, name: caller.label, port: httpsPort, cidrs }));
  return callers.flatMap((caller) => {
    const places = network.serviceEndpoints.map(({ service, groupIds }) => ({
      name: service,
      port: httpsPort,
      groupIds,
      cidrs,
    }));
    const keptIn = places.filter((place) => !passesOut(network, caller, place));
    const keptOut = places.filter((place) => !passesIn(network, caller, place));
    return [...finding(caller, keptIn, "may not go out"), ...finding(caller, keptOut, "may not come in")];
  });
}

function finding({ label }: Caller, services: readonly Place[], lacking: string): Finding[] {
  if (services.length === 0) return [];
  const names = services.map(({ name }) => name).join(", ");
  return [
    {
      what: `${label[0]?.toUpperCase()}${label.slice(1)} ${lacking} to the endpoints of ${names} on port ${httpsPort}`,
      cause:
        "Private DNS leads their calls to these endpoints, and the security groups drop them: reading a secret or calling the Data API times out.",
      cure: `Let port ${httpsPort} in to the endpoints' security group and out of the callers' one, or ${bringBack}`,
    },
  ];
}

/** Groups that these places let in, apart from their own. */
function clientGroups({ groups }: Network, listening: readonly Place[]): SecurityGroup[] {
  const own = new Set(listening.flatMap(({ groupIds }) => groupIds));
  const admitted = new Set(
    groups.filter(({ id }) => own.has(id)).flatMap(({ ingress }) => ingress.flatMap(({ groupIds }) => groupIds)),
  );
  return groups.filter(({ id }) => admitted.has(id) && !own.has(id));
}

/** Callers with the same groups have the same faults: one finding names them all. */
function distinct(callers: readonly { label: string; groupIds: string[] }[]) {
  const seen = new Map<string, { label: string; groupIds: string[] }>();
  for (const caller of callers) {
    const key = JSON.stringify(caller.groupIds);
    const first = seen.get(key);
    seen.set(key, first ? { ...first, label: `${first.label}, ${caller.label}` } : caller);
  }
  return [...seen.values()];
}
