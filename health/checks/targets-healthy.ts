import { isSilent, type Outage, type Outages, pooled, silence, type Target, withoutTargets } from "../facts/facts";
import type { Check } from "./check";
import type { Finding, Unjudged } from "./finding";
import { addressesOf } from "./targets-registered";

/** Every target that belongs to the pool passes the balancer's health checks. */
export const targetsHealthy: Check = {
  id: "targets-healthy",
  area: "balancer",
  title: "targets are healthy",
  needs: ["warehouses", "balancer"],
  judge(facts) {
    const { warehouses, balancer, catalogs, outages } = facts;
    const group = balancer?.listener?.group;
    if (!group) return withoutTargets(facts);
    const { targets } = group;
    const registered = pooled(warehouses).flatMap((consumer) => {
      const addresses = addressesOf(consumer);
      const mine = targets.filter(({ address }) => addresses.includes(address));
      return mine.map((target) => ({ ...target, consumer: consumer.name }));
    });
    const isSilentToo = (name: string) => isSilent(catalogs.consumers[name] ?? {});
    // Why such a consumer's targets fail, sooner or later, is found once, elsewhere.
    const down = [...new Set(registered.map(({ consumer }) => consumer))].filter(
      (name) =>
        name in outages.warehouses ||
        (isSilentToo(name) && registered.some((target) => target.consumer === name && isFailing(target))),
    );
    const judged = registered.filter(({ consumer }) => !down.includes(consumer));
    const failing = judged.filter(isFailing);
    const zones = [...new Set(failing.map(({ zone }) => zone))];
    const findings = zones.flatMap((zone) => {
      const here = failing.filter((target) => target.zone === zone);
      const all = targets.filter((target) => target.zone === zone && target.state !== "draining");
      const wholeZone = zone !== undefined && here.length > 1 && here.length === all.length;
      return wholeZone ? [zoneLost(zone, here, outages)] : here.map((target) => unhealthy(target, outages));
    });
    const starting = [...new Set(judged.filter(isStarting).map(({ consumer }) => consumer))];
    return [
      ...findings,
      ...down.map((name) => silence(facts, name)),
      ...zonesDown(outages, zones),
      ...starting.map((name) => ({ unjudged: name, why: "its first health checks are under way" })),
    ];
  },
};

/** Zones that are down, where no health check has noticed yet. */
function zonesDown({ zones }: Outages, noticed: readonly (string | undefined)[]): Unjudged[] {
  return Object.entries(zones).flatMap(([zone, { brief }]) =>
    noticed.includes(zone) ? [] : [{ unjudged: zone, why: brief }],
  );
}

const isFailing = ({ state }: Target) => ["unhealthy", "unused", "unavailable"].includes(state);
const isStarting = ({ state }: Target) => ["initial", "unknown"].includes(state);

type Failing = Target & { consumer: string };

function zoneLost(zone: string, targets: Failing[], { zones }: Outages): Finding {
  return {
    what: `No target in ${zone} is healthy: ${targets.map(({ consumer, address }) => `${consumer} (${address})`).join(", ")}`,
    cause: "All fail together: the Availability Zone has a problem, or a rule of its subnet cuts them off.",
    cure: "Readers go on through the other zones. See the AWS Health Dashboard, and the subnet's routes and network ACL.",
    ...knownCause(zones[zone]),
  };
}

function unhealthy({ consumer, address, port, state, reason, zone }: Failing, outages: Outages): Finding {
  return {
    what: `Target ${address}:${port} of ${consumer} is ${state}`,
    cause: reason ?? "The service gives no reason.",
    cure: "See that the consumer is available and that security groups let the balancer's health checks through; a consumer that is being patched comes back by itself.",
    ...knownCause(zone === undefined ? undefined : outages.zones[zone]),
  };
}

const knownCause = (outage: Outage | undefined) => outage && { cause: outage.cause, cure: outage.cure };
