import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import type { SandboxStatus } from "@redshift-fleet/sandbox";
import { Problem } from "../terminal/terminal";

const zonePrefix = "zone:";

/**
 * What a person calls parts of the fleet, as the sandbox knows them: `pool-1` and `producer` are names of the stack, whose
 * outputs tell the workgroup; a workgroup's own name and `zone:<availability zone>` are the sandbox's.
 *
 * @param outputs undefined where there is no stack, or none that is deployed
 * @throws Problem with every name there is
 */
export function sandboxTargets(
  wanted: readonly string[],
  outputs: StackOutputs | undefined,
  { workgroups, zones }: Pick<SandboxStatus, "workgroups" | "zones">,
): string[] {
  const exists = new Set(workgroups.map(({ name }) => name));
  const warehouses = outputs ? [{ ...outputs.producer, name: "producer" }, ...outputs.consumers] : [];
  const named = new Map(
    warehouses.flatMap(({ name, workgroup }) =>
      workgroup && exists.has(workgroup) ? [[name, workgroup] as const] : [],
    ),
  );
  const targetOf = (one: string) => {
    if (one.startsWith(zonePrefix)) return zones.includes(one.slice(zonePrefix.length)) ? one : undefined;
    const name = one.replace(/^workgroup:/, "");
    return named.get(name) ?? (exists.has(name) ? name : undefined);
  };
  const found = wanted.map(targetOf);
  const unknown = wanted.filter((_, at) => found[at] === undefined);
  if (unknown.length === 0) return [...new Set(found.flatMap((target) => target ?? []))];
  const others = [...exists].filter((other) => ![...named.values()].includes(other));
  const known = [...named.keys(), ...others, ...zones.map((zone) => `${zonePrefix}${zone}`)];
  throw new Problem(`There is no ${unknown.join(", and no ")} in the sandbox. There are: ${known.join(", ")}.`);
}
