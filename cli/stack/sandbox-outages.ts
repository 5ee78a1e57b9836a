import type { Outage, Outages } from "@redshift-fleet/health";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import type { SandboxStatus } from "@redshift-fleet/sandbox";
import { sandboxOptions } from "./names";
import { sandboxOf } from "./place";

/** What somebody has taken down in the sandbox, with the command that brings it back. */
export async function sandboxOutages(stack: string, outputs: StackOutputs): Promise<Outages> {
  const { status } = await import("@redshift-fleet/sandbox");
  const running = await status({ dir: sandboxOf(stack) });
  return running ? outagesOf(stack, outputs, running) : { warehouses: {}, zones: {} };
}

export function outagesOf(
  stack: string,
  { producer, consumers }: Pick<StackOutputs, "producer" | "consumers">,
  { workgroups, zonesDown }: Pick<SandboxStatus, "workgroups" | "zonesDown">,
): Outages {
  const outage = (target: string, what: string): Outage => {
    const revive = `\`npx fleet sandbox revive ${target}${sandboxOptions(stack)}\``;
    return {
      cause: `It was killed in the sandbox: ${what}.`,
      cure: `${revive} brings it back.`,
      brief: `killed; revive with ${revive}`,
    };
  };
  const killed = new Set(workgroups.filter((workgroup) => workgroup.killed).map(({ name }) => name));
  const down = [{ ...producer, name: "producer" }, ...consumers].filter(({ workgroup = "" }) => killed.has(workgroup));
  return {
    // The outputs may call the producer otherwise than people do.
    warehouses: Object.fromEntries(
      down.flatMap(({ name, workgroup }) => {
        const shown = name === "producer" ? producer.name : name;
        return [[shown, outage(name, `workgroup ${workgroup}`)] as const];
      }),
    ),
    zones: Object.fromEntries(zonesDown.map((zone) => [zone, outage(`zone:${zone}`, `zone ${zone}`)] as const)),
  };
}
