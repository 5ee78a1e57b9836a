import type { Check } from "./check";
import { isSilent, type Outages, pooled, type Target } from "./facts";
import type { Finding } from "./finding";
import { addressesOf } from "./targets-registered";

/** Every target that belongs to the pool passes the balancer's health checks. */
export const targetsHealthy: Check = {
  id: "targets-healthy",
  area: "balancer",
  title: "targets are healthy",
  needs: ["warehouses", "balancer"],
  judge({ warehouses, balancer, catalogs, outages }) {
    const targets = balancer?.listener?.group?.targets ?? [];
    const failing = pooled(warehouses).flatMap((consumer) => {
      // A consumer that answers nobody fails its health checks too: it is found once.
      const catalog = catalogs?.consumers[consumer.name];
      if (catalog && isSilent(catalog)) return [];
      const addresses = addressesOf(consumer);
      const mine = targets.filter(({ address }) => addresses.includes(address));
      return mine.filter(isFailing).map((target) => ({ ...target, consumer: consumer.name }));
    });
    const zones = [...new Set(failing.map(({ zone }) => zone))];
    return zones.flatMap((zone) => {
      const here = failing.filter((target) => target.zone === zone);
      const all = targets.filter((target) => target.zone === zone && target.state !== "draining");
      const wholeZone = zone !== undefined && here.length > 1 && here.length === all.length;
      return wholeZone ? [zoneLost(zone, here, outages)] : here.map((target) => unhealthy(target, outages));
    });
  },
};

const isFailing = ({ state }: Target) => ["unhealthy", "unused", "unavailable"].includes(state);

type Failing = Target & { consumer: string };

function zoneLost(zone: string, targets: Failing[], { zones }: Outages): Finding {
  return {
    what: `No target in ${zone} is healthy: ${targets.map(({ consumer, address }) => `${consumer} (${address})`).join(", ")}`,
    cause: "All fail together: the Availability Zone has a problem, or a rule of its subnet cuts them off.",
    cure: "Readers go on through the other zones. See the AWS Health Dashboard, and the subnet's routes and network ACL.",
    ...zones[zone],
  };
}

function unhealthy({ consumer, address, port, state, reason, zone }: Failing, outages: Outages): Finding {
  return {
    what: `Target ${address}:${port} of ${consumer} is ${state}`,
    cause: reason ?? "The service gives no reason.",
    cure: "See that the consumer is available and that security groups let the balancer's health checks through; a consumer that is being patched comes back by itself.",
    ...(outages.warehouses[consumer] ?? (zone === undefined ? undefined : outages.zones[zone])),
  };
}
