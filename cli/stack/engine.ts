import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { Problem } from "../terminal/terminal";
import { EventLog, type PlannedStep } from "./engine-events";
import { settingsFault } from "./settings";
import { updateRuns } from "./stack";

/** What an operation of the engine came to. */
export interface EngineResult {
  /** Resources by what happened to them: create, update, delete, replace, same … */
  changes: Record<string, number>;
  /** Each resource that does not stay the same. */
  steps: PlannedStep[];
  /** Warnings, and what policies advise without insisting. */
  advice: string[];
}

/** The engine was ended from outside, without the time to put anything in order. */
export class EngineKilled extends Problem {}

/** Has the engine write its state once, at the end, and not before and after each resource. */
export const writingStateOnce = { PULUMI_SKIP_CHECKPOINTS: "true" };

/** The operations that take a policy pack; `refresh` and `destroy` know no such option. */
const judged = new Set(["preview", "up"]);

/** How often the log of a running engine is looked at, in milliseconds. */
const lookMs = 100;
const shownLines = 30;

/**
 * Runs one operation of the engine (`preview`, `up`, `refresh`, `destroy`) on a stack, with the policy pack where it
 * takes one.
 *
 * @param variables of the environment, besides this process's
 * @throws Problem with the engine's own diagnostics and the policies that were violated
 * @throws EngineKilled with what it had said, when a signal ended it
 */
export async function runEngine(
  operation: string[],
  stack: string,
  progress: (text: string) => void,
  variables: Record<string, string> = {},
): Promise<EngineResult> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fleet-engine-"));
  const file = path.join(folder, "events.json");
  const log = new EventLog(file);
  const pack = judged.has(operation[0] ?? "") ? ["--policy-pack", "policies"] : [];
  const args = [...operation, "--stack", stack, ...pack, "--non-interactive", "--color", "never", "--event-log", file];
  const engine = spawn("pulumi", args, {
    cwd: repositoryDirectory(),
    // The event log is one of the engine's options for tools; it hides them unless asked.
    env: { ...process.env, ...variables, PULUMI_DEBUG_COMMANDS: "true" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  for (const stream of [engine.stdout, engine.stderr]) stream.on("data", (data: Buffer) => printed.push(String(data)));
  const looking = setInterval(() => progress(log.read().summary()), lookMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      engine.once("error", reject);
      engine.once("close", resolve);
    });
    log.read();
    if (code === null) throw new EngineKilled(whatWentWrong(operation, stack, log, printed.join("")));
    if (code !== 0) throw new Problem(whatWentWrong(operation, stack, log, printed.join("")));
    progress(log.outcome());
    return { changes: log.changes, steps: log.steps, advice: log.advice };
  } finally {
    clearInterval(looking);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function whatWentWrong(operation: string[], stack: string, log: EventLog, printed: string): string {
  const unreadable = settingsFault(stack);
  const faults = unreadable ? [unreadable] : [...log.violations, ...log.errors];
  // The engine would have that lock taken away, which is right only where nobody is at work any more.
  if (/currently locked by/.test(printed) && updateRuns(stack))
    return `Another update of stack ${stack} is at work: run this again when it has ended. (\`npx fleet recover\` is for one that was killed.)`;
  const text = faults.length > 0 ? faults.join("\n\n") : printed.trim().split("\n").slice(-shownLines).join("\n");
  return `\`pulumi ${operation[0]}\` of stack ${stack} stopped.\n\n${text}`;
}

/** Whether the engine would change, or has changed, anything. */
export function changedAnything(result: EngineResult): boolean {
  return Object.entries(result.changes).some(([kind, count]) => kind !== "same" && count > 0);
}
