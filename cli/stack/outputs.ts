import { fleetOutputs, type StackOutputs } from "@redshift-fleet/redshift/fleet";
import { Problem } from "../terminal/terminal";
import { deployCommand } from "./place";

/**
 * Checks what came out of a stack; says which output is missing or odd.
 *
 * @param destroyedAt when its last update ended, where that was one that destroyed it
 */
export function parseOutputs(stack: string, raw: unknown, destroyedAt?: Date): StackOutputs {
  const parsed = fleetOutputs.safeParse(raw);
  if (parsed.success) return parsed.data;
  const nothing = typeof raw === "object" && raw !== null && Object.keys(raw).length === 0;
  if (nothing && destroyedAt)
    throw new Problem(
      `Stack ${stack} was destroyed at ${destroyedAt.toISOString()}: \`${deployCommand(stack)}\` deploys it anew, without its data.`,
    );
  if (nothing) throw new Problem(`Stack ${stack} has no outputs yet: \`${deployCommand(stack)}\` deploys it.`);
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Problem(`The outputs of stack ${stack} are not those of a fleet:\n${faults.join("\n")}`);
}
