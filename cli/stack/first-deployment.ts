import fs from "node:fs";
import path from "node:path";
import { isAlive } from "@redshift-fleet/toolchain";
import { EngineKilled } from "./engine";
import { printOfState } from "./memory";
import { stateFile, updateRuns } from "./stack";

/** Whether nothing was ever put into a sandbox's folder. */
export function isNewSandbox(directory: string): boolean {
  return !fs.existsSync(directory) || fs.readdirSync(directory).length === 0;
}

const markOf = (sandboxDirectory: string) => path.join(sandboxDirectory, "first-deployment");

/**
 * Runs the first deployment into a new sandbox. Nobody has anything in there yet, so that the engine may write its state
 * once, which saves a third of the time. An engine that fails, or is interrupted by ^C, still writes it. One that is
 * killed does not, and then no state knows what is there: a mark in the sandbox's folder stays and tells.
 */
export async function runFirstDeployment(sandboxDirectory: string, deployment: () => Promise<unknown>): Promise<void> {
  const mark = markOf(sandboxDirectory);
  fs.writeFileSync(mark, String(process.pid));
  try {
    await deployment();
  } catch (error) {
    if (!(error instanceof EngineKilled)) fs.rmSync(mark);
    throw error;
  }
  fs.rmSync(mark);
}

/** Whether the first deployment runs, or was killed before its state was written, and nobody has deployed since. */
export function firstDeploymentIsUnfinished(sandboxDirectory: string, stack: string): boolean {
  const state = stateFile(stack);
  return fs.existsSync(markOf(sandboxDirectory)) && (state === undefined || printOfState(state) === undefined);
}

/** Whether another command deploys the stack just now: its engine is at work, or about to be. */
export function deploymentRuns(sandboxDirectory: string, stack: string): boolean {
  if (updateRuns(stack)) return true;
  const mark = markOf(sandboxDirectory);
  return fs.existsSync(mark) && isAlive(Number(fs.readFileSync(mark, "utf8")));
}

/** Whether it is unfinished, and neither the command nor its engine lives. */
export function firstDeploymentWasKilled(sandboxDirectory: string, stack: string): boolean {
  if (!firstDeploymentIsUnfinished(sandboxDirectory, stack)) return false;
  const pid = Number(fs.readFileSync(markOf(sandboxDirectory), "utf8"));
  return !isAlive(pid) && !updateRuns(stack);
}
