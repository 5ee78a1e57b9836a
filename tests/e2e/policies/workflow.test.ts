import fs from "node:fs";
import path from "node:path";
import { ciRoles } from "../../../cli/ci/roles";
import { deployMs, Fleet, repository } from "../support/fleet";
import { type Finished, run } from "../support/processes";
import { writeProject } from "../support/projects";
import { stepThatRuns, testing, workflow } from "../support/workflow";

// The steps of .github/workflows/preview.yml run here as they stand there, with the sandbox in AWS's place.

const jobs = Object.values(workflow.jobs);
/** As GitHub writes what it puts in. */
const expression = (text: string) => `$\{{ ${text} }}`;

describe("the workflow", () => {
  test("takes actions at a commit, not at a tag that can be moved; so does the one that tests the project", () => {
    const all = [...jobs, testing.jobs.test].flatMap(({ steps }) => steps);
    const actions = all.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/@[0-9a-f]{40}$/);
  });

  test("the project is tested with the Node that .nvmrc names and the oldest that is said to do, without rights", () => {
    const { strategy, permissions, steps } = testing.jobs.test;
    const { engines } = JSON.parse(fs.readFileSync(path.join(repository, "package.json"), "utf8")) as {
      engines: { node: string };
    };
    const named = fs.readFileSync(path.join(repository, ".nvmrc"), "utf8").trim();
    expect(strategy.matrix.node).toEqual([engines.node.replace(">=", ""), "22", named]);
    expect(strategy.matrix.include).toEqual([{ os: expect.stringMatching(/^macos-/), node: named }]);
    expect([testing.permissions, permissions]).toEqual([{}, { contents: "read" }]);
    expect(steps.at(-1)).toEqual({ run: "npm test" });
  });

  test("gives each job a role of its own, and keeps the deploying one in its environment", () => {
    const roles = jobs.flatMap(({ steps }) => steps.flatMap((step) => step.with?.["role-to-assume"] ?? []));
    expect(new Set(roles).size).toBe(3);
    expect(workflow.permissions).toEqual({});
    const environments = jobs.map(({ environment }) => environment);
    expect(environments).toEqual([
      `${expression("matrix.stack")}-preview`,
      expression("matrix.stack"),
      `${expression("matrix.stack")}-preview`,
    ]);
    expect(workflow.jobs.preview.if).toMatch(/head\.repo\.full_name == github\.repository/);
    for (const { permissions } of jobs) expect(permissions.contents).toBe("read");
  });

  test("takes each stack of the list, with its own settings and passphrase, and deploys them one after another", () => {
    for (const { strategy, env } of jobs) {
      expect(strategy.matrix.stack).toBe(expression("fromJSON(vars.STACKS)"));
      expect(env).toMatchObject({ STACK: expression("matrix.stack"), AWS_REGION: expression("vars.AWS_REGION") });
      expect(env.PULUMI_CONFIG_PASSPHRASE).toBe(expression("secrets.PULUMI_CONFIG_PASSPHRASE"));
    }
    expect(workflow.jobs.deploy.strategy).toMatchObject({ "fail-fast": true, "max-parallel": 1 });
  });

  test("its roles and settings are those that `fleet ci policies` makes", () => {
    const state = { bucket: "acme-state" };
    const scope = { partition: "aws", account: "111122223333", region: "us-east-1", project: "p", stack: "prod" };
    for (const { variable, environment } of ciRoles({ scope, repository: "acme/warehouse", state })) {
      const job = jobs.find(({ steps }) => steps.some((step) => step.with?.["role-to-assume"]?.includes(variable)));
      expect(job?.environment.replace(expression("matrix.stack"), "prod")).toBe(environment);
    }
  });

  test("comments on a preview that failed too, and only there may it write to pull requests", () => {
    const comment = stepThatRuns("comment.cjs", "preview");
    expect(comment.if).toMatch(/^\$\{\{ !cancelled\(\) && hashFiles\('report\.md'\)/);
    expect(comment.run).toMatch(/--report report\.md$/);
    expect(stepThatRuns("stack.cjs", "preview").run).toMatch(/--report report\.md$/);
    const writing = Object.entries(workflow.jobs).filter(([, job]) => job.permissions["pull-requests"] === "write");
    expect(writing.map(([name]) => name)).toEqual(["preview"]);
  });
});

describe("its steps", () => {
  const fleet = new Fleet();
  const shortLived = `
    const { LogGroup } = require("@pulumi/aws/cloudwatch");
    const kmsKeyId = "arn:aws:kms:us-east-1:111122223333:key/0f3a7c52-8d41-4a55-9c1b-2f6d5e7a9b10";
    new LogGroup("queries", { name: "/airline/queries", retentionInDays: 7, kmsKeyId });`;
  const report = path.join(fleet.directory, "report.md");
  /** An organization's own configuration, laxer than the preset. */
  const remediating = path.join(fleet.directory, "remediating.json");
  let project: string;

  jest.setTimeout(deployMs);
  beforeAll(async () => {
    await fleet.startSandbox();
    fs.writeFileSync(remediating, '{ "log-group-retention": "remediate" }');
    project = writeProject(fleet, "logs", shortLived);
    await fleet.mustPulumi(["stack", "init", "--stack", "lab"], { cwd: project });
  });
  afterAll(() => fleet.close());

  /** Runs the step that calls the script, in the shell that GitHub would use. */
  function step(job: keyof typeof workflow.jobs, policies = "strict"): Promise<Finished> {
    const command = stepThatRuns("stack.cjs", job).run;
    const file = policies === "strict" ? [] : ["--policies", policies];
    const more = ["--project", project, "--report", report, ...file].join(" ");
    const env = { ...fleet.environment, STACK: "lab" };
    return run("bash", ["-eo", "pipefail", "-c", `${command} ${more}`], { cwd: repository, env, timeoutMs: deployMs });
  }

  const logGroups = () => fleet.state("logs", "lab").filter(({ type }) => type.startsWith("aws:cloudwatch/logGroup"));

  test("preview says what is wrong, in a comment, and fails", async () => {
    expect((await step("preview")).code).toBe(1);
    const said = fs.readFileSync(report, "utf8");
    expect(said).toMatch(/^### ❌ Preview of `lab`/);
    expect(said).toMatch(/log-group-retention[^\n]*queries/);
    expect(said).toMatch(/queries: retentionInDays is 7, less than 90\./);
    expect(said).toMatch(/Mend: Set retentionInDays/);
  });

  test("deployment of the same is refused before anything is made", async () => {
    expect((await step("deploy")).code).toBe(1);
    expect(logGroups()).toEqual([]);
  });

  test("a configuration with a misspelt policy is not deployed with", async () => {
    const misspelt = path.join(fleet.directory, "misspelt.json");
    fs.writeFileSync(misspelt, '{ "log-group-retentoin": "disabled" }');
    const { code, stderr } = await step("deploy", misspelt);
    expect(code).toBe(1);
    expect(stderr).toMatch(/log-group-retentoin: no such policy/);
    expect(fs.readFileSync(report, "utf8")).toMatch(/^### ❌ Policy configuration/);
  });

  test("where an organization has it so, remediation mends what is deployed, and a second run finds nothing", async () => {
    const { code, stdout } = await step("deploy", remediating);
    expect(stdout).toMatch(/\[remediate\].*log-group-retention/);
    expect(code).toBe(0);
    expect(logGroups()).toMatchObject([{ outputs: { retentionInDays: 30 } }]);
    const again = await step("preview", remediating);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/2 unchanged/);
    expect(fs.readFileSync(report, "utf8")).toMatch(/^### ✅ Preview of `lab`/);
  });

  test("the audit judges what is deployed, and a stricter rule finds it", async () => {
    expect((await step("audit", remediating)).code).toBe(0);
    expect((await step("audit")).code).toBe(1);
    expect(fs.readFileSync(report, "utf8")).toMatch(/retentionInDays is 30, less than 90/);
  });
});
