import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { repository } from "./fleet";

interface Step {
  uses?: string;
  name?: string;
  if?: string;
  run?: string;
  with?: Record<string, string>;
  env?: Record<string, string>;
}

interface Job {
  if: string;
  environment: string;
  strategy: { "fail-fast": boolean; "max-parallel"?: number; matrix: { stack: string } };
  env: Record<string, string>;
  permissions: Record<string, string>;
  steps: Step[];
}

/** The workflow that previews, deploys and audits, as it stands in the repository. */
export const workflow = parse(fs.readFileSync(path.join(repository, ".github/workflows/preview.yml"), "utf8")) as {
  permissions: Record<string, string>;
  jobs: Record<"preview" | "deploy" | "audit", Job>;
};

/** The one step of a job that runs one of our scripts. */
export function stepThatRuns(script: string, job: keyof typeof workflow.jobs): Step & { run: string } {
  const [step, ...others] = workflow.jobs[job].steps.filter(({ run }) => run?.includes(`scripts/ci/${script}`));
  if (!step?.run || others.length > 0)
    throw new Error(`${job} runs ${script} in ${others.length + (step ? 1 : 0)} steps`);
  return step as Step & { run: string };
}
