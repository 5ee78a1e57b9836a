import fs from "node:fs";
import path from "node:path";
import type { Fleet } from "./fleet";
import type { Finished, RunOptions } from "./processes";
import { nameOf } from "./small-fleet";

/** What a policy said about a resource. */
export interface Reported {
  policy: string;
  /** The name of the resource. */
  resource: string;
  level: "advisory" | "mandatory" | "remediate";
  /** Below the policy's description: what, where and why in the first line, how to mend it in the second. */
  lines: string[];
}

/** A resource as the engine gave it to the policies: its type, and its inputs after the provider's check. */
export interface Registered {
  type: string;
  inputs: Record<string, unknown>;
}

/** What the engine does about a resource. */
export interface Step {
  op: string;
  /** The name of the resource. */
  resource: string;
}

interface EngineEvent {
  resourcePreEvent?: { metadata: { op: string; urn: string; new?: Registered } };
  policyEvent?: { policyName: string; resourceUrn: string; enforcementLevel: Reported["level"]; message: string };
}

let runs = 0;

/** Previews (or updates) a stack with a pack and collects what the engine reports, whether it is refused or not. */
export async function judge(
  fleet: Fleet,
  args: string[],
  options: RunOptions = {},
): Promise<Finished & { said: Reported[]; registered: Registered[]; steps: Step[] }> {
  const log = path.join(fleet.directory, `events-${++runs}.json`);
  // The engine writes its events to a file only where its debugging commands are switched on.
  const env = { ...fleet.environment, PULUMI_DEBUG_COMMANDS: "true" };
  const finished = await fleet.pulumi([...args, "--event-log", log], { ...options, env });
  const lines = fs.existsSync(log) ? fs.readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
  const events = lines.map((line) => JSON.parse(line) as EngineEvent);
  const said = events.flatMap(({ policyEvent }) => (policyEvent ? [reported(policyEvent)] : []));
  const registered = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata.new ?? []);
  // Providers are the engine's own affair.
  const steps = events
    .flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? [])
    .filter(({ urn }) => !urn.includes("pulumi:providers:"))
    .map(({ op, urn }) => ({ op, resource: nameOf(urn) }));
  return { ...finished, said, registered, steps };
}

function reported({
  policyName,
  resourceUrn,
  enforcementLevel,
  message,
}: NonNullable<EngineEvent["policyEvent"]>): Reported {
  const plain = message.replace(/<\{%[^%]*%\}>/g, "").trimEnd();
  return {
    policy: policyName,
    resource: nameOf(resourceUrn),
    level: enforcementLevel,
    lines: plain.split("\n").slice(1),
  };
}

/** Whether the policy could not decide yet, or somebody waived what it found. */
export function isNote({ lines }: Reported): boolean {
  return /^(Waived until |[^:]+: undecided, )/.test(lines[0] ?? "");
}
