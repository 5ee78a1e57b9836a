import { runChecks } from "@redshift-fleet/health";
import { changedAnything, type EngineResult } from "../stack/engine";
import type { Steps } from "../terminal/progress";
import { Problem } from "../terminal/terminal";
import { type Answered, askAll } from "./question";
import { questions } from "./questions";
import type { Trial } from "./trial";

/** One part of the trial, and what came of it. */
export interface StepResult {
  step: string;
  ok: boolean;
  detail: string;
}

export interface TrialReport {
  ok: boolean;
  region: string;
  steps: StepResult[];
  answers: Answered[];
}

export interface TrialRunOptions {
  /** Whether the fleet is made and destroyed a second time, right after the first. */
  again: boolean;
  /** Milliseconds that AWS may take to answer each of the checks' questions. */
  checkDeadlineMs: number;
}

/**
 * Deploys the smallest fleet, looks whether it stays as it is, checks it, asks what sources leave open, and destroys it,
 * whatever went wrong before.
 */
export async function runTrial(trial: Trial, steps: Steps, options: TrialRunOptions): Promise<TrialReport> {
  const done: StepResult[] = [];
  const answers: Answered[] = [];
  const step = async (name: string, work: (detail: (text: string) => void) => Promise<string>): Promise<boolean> => {
    try {
      done.push({ step: name, ok: true, detail: await steps.run(name, work) });
      return true;
    } catch (error) {
      done.push({ step: name, ok: false, detail: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };
  const deploy = (name: string) => step(name, async (detail) => counted(await trial.up(detail)));
  const destroy = (name: string) => step(name, async (detail) => counted(await trial.destroy(detail)));

  await trial.prepare();
  if (await deploy("deployment")) {
    await step("second update", async (detail) => unchanged(await trial.up(detail)));
    await step("refresh", async (detail) => unchanged(await trial.refresh(detail)));
    await step("fleet check", async (detail) => {
      const report = await runChecks(trial.outputs, { deadlineMs: options.checkDeadlineMs, sql: true });
      detail(`${report.checks.length} checks`);
      if (report.ok) return `${report.checks.length} checks, nothing found`;
      throw new Problem(report.findings.map(({ what, cause, cure }) => `${what}: ${cause} ${cure}`).join("\n"));
    });
    await step("open questions", async (detail) => {
      answers.push(...(await askAll(questions, trial, detail)));
      const faults = answers.filter(({ verdict }) => verdict === "fault");
      if (faults.length === 0) return `${answers.length} asked`;
      throw new Problem(faults.map(({ id, seen }) => `${id}: ${seen}`).join("\n"));
    });
  }
  const gone = await destroy("destruction");
  if (gone && options.again && (await deploy("deployment right after it"))) await destroy("second destruction");
  return { ok: done.every(({ ok }) => ok), region: trial.region, steps: done, answers };
}

function counted({ changes }: EngineResult): string {
  return Object.entries(changes)
    .filter(([kind, count]) => kind !== "same" && count > 0)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(", ");
}

function unchanged(result: EngineResult): string {
  if (changedAnything(result))
    throw new Problem(`It changed something where nothing was to change: ${counted(result)}.`);
  return "nothing to change";
}
