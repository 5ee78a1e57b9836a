import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import type { SandboxStatus } from "@redshift-fleet/sandbox";
import { Problem } from "../terminal/terminal";

const zonePrefix = "zone:";

/**
 * What a person calls a part of the fleet, as the sandbox knows it: `pool-1` and `producer` are names of the stack, whose
 * outputs tell the workgroup; a workgroup's own name and `zone:<availability zone>` are the sandbox's.
 *
 * @param outputs undefined where there is no stack, or none that is deployed
 * @throws Problem with every name there is
 */
export function sandboxTarget(
  wanted: string,
  outputs: StackOutputs | undefined,
  { workgroups, zones }: Pick<SandboxStatus, "workgroups" | "zones">,
): string {
  const exists = new Set(workgroups.map(({ name }) => name));
  const warehouses = outputs ? [{ ...outputs.producer, name: "producer" }, ...outputs.consumers] : [];
  const named = new Map(
    warehouses.flatMap(({ name, workgroup }) =>
      workgroup && exists.has(workgroup) ? [[name, workgroup] as const] : [],
    ),
  );
  if (wanted.startsWith(zonePrefix) && zones.includes(wanted.slice(zonePrefix.length))) return wanted;
  const name = wanted.replace(/^workgroup:/, "");
  const workgroup = named.get(name) ?? (exists.has(name) ? name : undefined);
  if (workgroup) return workgroup;
  const others = [...exists].filter((other) => ![...named.values()].includes(other));
  const known = [...named.keys(), ...others, ...zones.map((zone) => `${zonePrefix}${zone}`)];
  throw new Problem(`There is no ${wanted} in the sandbox. There are: ${known.join(", ")}.`);
}
