import fs from "node:fs";
import path from "node:path";
import type { Fleet } from "./fleet";
import type { Finished, RunOptions } from "./processes";

/** What a policy said about a resource. */
export interface Reported {
  policy: string;
  /** The name of the resource. */
  resource: string;
  level: "advisory" | "mandatory" | "remediate";
  /** Below the policy's description: what, where and why in the first line, how to mend it in the second. */
  lines: string[];
}

interface PolicyEvent {
  policyEvent?: { policyName: string; resourceUrn: string; enforcementLevel: Reported["level"]; message: string };
}

let runs = 0;

/** Previews (or updates) a stack with a pack and collects what the engine reports, whether it is refused or not. */
export async function judge(
  fleet: Fleet,
  args: string[],
  options: RunOptions = {},
): Promise<Finished & { said: Reported[] }> {
  const log = path.join(fleet.directory, `events-${++runs}.json`);
  // The engine writes its events to a file only where its debugging commands are switched on.
  const env = { ...fleet.environment, PULUMI_DEBUG_COMMANDS: "true" };
  const finished = await fleet.pulumi([...args, "--event-log", log], { ...options, env });
  const lines = fs.existsSync(log) ? fs.readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
  const said = lines.flatMap((line) => {
    const { policyEvent } = JSON.parse(line) as PolicyEvent;
    return policyEvent ? [reported(policyEvent)] : [];
  });
  return { ...finished, said };
}

function reported({
  policyName,
  resourceUrn,
  enforcementLevel,
  message,
}: NonNullable<PolicyEvent["policyEvent"]>): Reported {
  const plain = message.replace(/<\{%[^%]*%\}>/g, "").trimEnd();
  return {
    policy: policyName,
    resource: resourceUrn.split("::").at(-1) ?? resourceUrn,
    level: enforcementLevel,
    lines: plain.split("\n").slice(1),
  };
}

/** Whether the policy could not decide yet, or somebody waived what it found. */
export function isNote({ lines }: Reported): boolean {
  return /^(Waived until |[^:]+: undecided, )/.test(lines[0] ?? "");
}
