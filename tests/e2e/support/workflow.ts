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

const read = (name: string) => parse(fs.readFileSync(path.join(repository, ".github/workflows", name), "utf8"));

/** The workflow that previews, deploys and audits, as it stands in the repository. */
export const workflow = read("preview.yml") as {
  permissions: Record<string, string>;
  jobs: Record<"preview" | "deploy" | "audit", Job>;
};

interface TestJob {
  strategy: { matrix: { os: string[]; node: string[]; include: { os: string; node: string }[] } };
  permissions: Record<string, string>;
  steps: Step[];
}

/** The workflow that tests this project. */
export const testing = read("test.yml") as { permissions: Record<string, string>; jobs: { test: TestJob } };

/** The one step of a job that runs one of our scripts. */
export function stepThatRuns(script: string, job: keyof typeof workflow.jobs): Step & { run: string } {
  const [step, ...others] = workflow.jobs[job].steps.filter(({ run }) => run?.includes(`scripts/ci/${script}`));
  if (!step?.run || others.length > 0)
    throw new Error(`${job} runs ${script} in ${others.length + (step ? 1 : 0)} steps`);
  return step as Step & { run: string };
}
