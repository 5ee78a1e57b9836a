import { pooled, type Warehouse, type Workgroup, withoutTargets } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Finding } from "./finding";

/** The balancer's targets are exactly the addresses of the pool's managed endpoints. */
export const targetsRegistered: Check = {
  id: "targets-registered",
  area: "balancer",
  title: "targets are the addresses of the pool's endpoints",
  needs: ["warehouses", "balancer"],
  judge(facts) {
    const { warehouses, balancer } = facts;
    const group = balancer?.listener?.group;
    if (!group) return withoutTargets(facts);
    const targets = group.targets.filter(({ state }) => state !== "draining");
    const pool = pooled(warehouses);
    const findings = pool.flatMap((consumer) => misplaced(consumer, targets));
    const known = new Set([
      ...pool.flatMap((consumer) => [...addressesOf(consumer), ...consumer.knownAddresses]),
      // Those of a consumer that is gone are found with it.
      ...warehouses.flatMap(({ workgroup, knownAddresses }) => (workgroup ? [] : knownAddresses)),
    ]);
    const strangers = targets.filter(({ address }) => !known.has(address)).map(({ address }) => address);
    if (strangers.length > 0) {
      findings.push({
        what: `The balancer sends connections to ${strangers.join(", ")}, which ${strangers.length === 1 ? "is" : "are"} not of the pool`,
        cause: "Somebody registered it by hand, or it is left over from a consumer that went.",
        cure: `Deregister it from target group ${group.name}.`,
      });
    }
    return findings;
  },
};

type Pooled = Warehouse & { workgroup: Workgroup };

/** Where a consumer can be reached now, whatever the outputs remember. */
export const addressesOf = ({ workgroup }: Pooled) => workgroup.endpoints.flatMap(({ addresses }) => addresses);

function misplaced(consumer: Pooled, targets: { address: string; port: number }[]): Finding[] {
  const { name, workgroup, knownAddresses } = consumer;
  const addresses = addressesOf(consumer);
  const registered = (address: string) =>
    targets.some((target) => target.address === address && target.port === workgroup.port);
  const missing = addresses.filter((address) => !registered(address));
  const former = knownAddresses.filter((address) => !addresses.includes(address) && registered(address));
  if (former.length > 0) {
    return [
      {
        what: `${name} moved from ${former.join(", ")} to ${missing.join(", ")}, and the balancer did not follow`,
        cause: "AWS gave a managed endpoint another network interface, as it may after the failure of a zone.",
        cure: bringBack,
      },
    ];
  }
  if (missing.length === 0) return [];
  return [
    {
      what: `The balancer does not send connections to ${name} at ${missing.join(", ")}, port ${workgroup.port}`,
      cause: "These addresses of its managed endpoints are not registered, or with another port.",
      cure: bringBack,
    },
  ];
}
