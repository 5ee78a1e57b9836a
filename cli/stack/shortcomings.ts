import type { Outages } from "@redshift-fleet/health";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import type { SandboxStatus } from "@redshift-fleet/sandbox";
import { sandboxOptions } from "./names";
import { outagesOf } from "./sandbox-outages";

/** How long a warehouse may take to answer, in milliseconds. Here it takes some hundredths of a second. */
const answerWithinMs = 3_000;

/**
 * What is wrong with a fleet that was started, as far as a glance tells. A deployment changes what the stack describes; who
 * took something down by hand has changed nothing of that.
 *
 * @param silent names of the warehouses that do not answer
 * @returns a line each, the last of which says what finds the rest; none where all is well
 */
export function shortcomings(
  stack: string,
  outages: Outages,
  { loadBalancers }: Pick<SandboxStatus, "loadBalancers">,
  silent: readonly string[],
): string[] {
  const down = Object.entries({ ...outages.warehouses, ...outages.zones });
  const killed = down.map(([name, { brief }]) => `${name} is down: ${brief}`);
  const mute = silent
    .filter((name) => !outages.warehouses[name])
    .map((name) => `${name} does not answer within ${answerWithinMs / 1000} s`);
  const targets = loadBalancers.flatMap((balancer) => balancer.targets);
  const sick = targets.filter(({ state }) => state === "unhealthy").length;
  // What was killed takes its targets along.
  const unhealthy = sick > 0 && down.length === 0 ? [`${sick} of ${targets.length} targets are unhealthy`] : [];
  const found = [...killed, ...mute, ...unhealthy];
  return found.length === 0
    ? []
    : [...found, `\`npx fleet check${sandboxOptions(stack)}\` says what is wrong, and why`];
}

/** The same of a stack in a running sandbox, asking every warehouse that should be up. */
export async function shortcomingsOf(stack: string, outputs: StackOutputs, status: SandboxStatus): Promise<string[]> {
  const outages = outagesOf(stack, outputs, status);
  return shortcomings(stack, outages, status, await silentWarehouses(outputs, outages));
}

async function silentWarehouses(outputs: StackOutputs, outages: Outages): Promise<string[]> {
  // Loaded here: no other command should wait for the Data API's client.
  const [{ DataApi }, { connectionOf, targetOf }, { z }] = await Promise.all([
    import("@redshift-fleet/redshift"),
    import("@redshift-fleet/redshift/fleet"),
    import("zod"),
  ]);
  const asked = [outputs.producer, ...outputs.consumers].filter(({ name }) => !outages.warehouses[name]);
  const answers = await Promise.all(
    asked.map(async (warehouse) => {
      // Outputs of older programs do not say it.
      if (warehouse.secretArn === undefined) return [];
      const target = targetOf(warehouse, warehouse.secretArn);
      const api = new DataApi(connectionOf(outputs), target, { deadline: answerWithinMs });
      try {
        await api.query("SELECT 1 AS one", z.object({ one: z.number() }));
        return [];
      } catch {
        // Why, `fleet check` says.
        return [warehouse.name];
      }
    }),
  );
  return answers.flat();
}
