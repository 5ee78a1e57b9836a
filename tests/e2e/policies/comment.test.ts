import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { repository } from "../support/fleet";
import { type Comment, LocalGitHub } from "../support/github";
import { type Finished, run } from "../support/processes";
import { stepThatRuns } from "../support/workflow";

// The two steps that a pull request sees, as they stand in the workflow: a preview that leaves a report, and the comment
// made of it. What the engine prints is canned here, GitHub is a server on this machine.

const token = "ghs_16C7e42F292c6912E7710c838347Ae178B4a";
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "comment-"));
const report = path.join(directory, "report.md");
let github: LocalGitHub;
let api: string;

beforeEach(async () => {
  github = new LocalGitHub("acme/warehouse", 7, token);
  api = await github.listen();
});
afterEach(() => github.close());
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

/** Puts an engine on PATH that prints this and ends so. */
function engine(output: string, code = 0): NodeJS.ProcessEnv {
  const bin = path.join(directory, "bin");
  fs.mkdirSync(bin, { recursive: true });
  fs.writeFileSync(path.join(directory, "output"), output);
  fs.writeFileSync(path.join(bin, "pulumi"), `#!/bin/sh\ncat ${directory}/output\nexit ${code}\n`, { mode: 0o755 });
  return { PATH: `${bin}${path.delimiter}${process.env.PATH}` };
}

function step(script: "stack.cjs" | "comment.cjs", env: NodeJS.ProcessEnv, more = ""): Promise<Finished> {
  const line = `${stepThatRuns(script, "preview").run.replace("report.md", report)} ${more}`;
  const runner = {
    STACK: "lab",
    GITHUB_API_URL: api,
    GITHUB_REPOSITORY: "acme/warehouse",
    GITHUB_TOKEN: token,
    PULL_REQUEST: "7",
  };
  const all = { ...process.env, ...runner, ...env };
  return run("bash", ["-eo", "pipefail", "-c", line], { cwd: repository, env: all });
}

async function previewAndComment(output: string, code = 0, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  expect((await step("stack.cjs", { ...engine(output, code), ...env })).code).toBe(code === 0 ? 0 : 1);
  return step("comment.cjs", {});
}

const refused = "Policies:\n    ❌ redshift-fleet\n        - [mandatory]  vpc-dns  (vpc)\n\nerror: preview failed\n";
const sound = "Policies:\n    ✅ redshift-fleet\n\nResources:\n    + 3 to create\n";
const people = (count: number): Comment[] =>
  Array.from({ length: count }, (_, at) => ({ id: at + 1, body: `Remark ${at + 1}`, user: { type: "User" } }));

test("the first run comments, the next brings that comment up to date", async () => {
  github.comments = people(1);
  expect(await previewAndComment(refused, 255)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^commented: https/),
  });
  expect(github.comments).toHaveLength(2);
  expect(github.comments[1]!.body).toMatch(/### ❌ Preview of `lab`[\s\S]*\[mandatory\] {2}vpc-dns/);
  expect(await previewAndComment(sound)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^brought up to date: /),
  });
  expect(github.comments).toHaveLength(2);
  expect(github.comments[1]!.body).toMatch(/### ✅ Preview of `lab`[\s\S]*3 to create/);
  expect(github.comments[1]!.body).not.toMatch(/❌/);
});

test("its comment is found behind many others, and what people quote of it is left alone", async () => {
  await previewAndComment(sound);
  const [own] = github.comments;
  const quoted = { ...own!, id: 500, user: { type: "User" as const } };
  github.comments = [quoted, ...people(230), { ...own!, id: 900 }, ...people(5)];
  const before = structuredClone(github.comments);
  await previewAndComment(refused, 255);
  const changed = github.comments.filter(({ body }, at) => body !== before[at]!.body);
  expect(changed.map(({ id }) => id)).toEqual([900]);
});

test("another stack has a comment of its own", async () => {
  await previewAndComment(sound);
  await step("comment.cjs", { STACK: "prod" });
  expect(github.requests.filter((request) => request.startsWith("POST"))).toHaveLength(2);
});

test("a misspelt policy and an expired waiver are told beside what the engine says", async () => {
  const policies = path.join(directory, "policies.json");
  const waiver = {
    policy: "vpc-dns",
    resource: "*::vpc",
    reason: "lab",
    owner: "me@example.com",
    expires: "2020-12-31",
  };
  fs.writeFileSync(policies, JSON.stringify({ "vpc-dsn": "mandatory", waivers: { waivers: [waiver] } }));
  expect((await step("stack.cjs", engine(sound), `--policies ${policies}`)).code).toBe(1);
  const said = fs.readFileSync(report, "utf8");
  expect(said).toMatch(/^### ❌ Preview of `lab`\n\n\*\*Policy configuration\*\*/);
  expect(said).toMatch(/vpc-dsn: no such policy; did you mean vpc-dns\?/);
  expect(said).toMatch(/\(vpc-dns for \*::vpc, owner: me@example\.com\): expired on 2020-12-31/);
  expect(said).toMatch(/3 to create/);
});

test("a long preview is cut to what GitHub takes, and keeps its beginning and its end", async () => {
  const findings = `        - [mandatory]  vpc-dns  (vpc)\n${"          what, where ✅ and why\n".repeat(2000)}`;
  const steps = `${"+ aws:ec2/vpc:Vpc: (create) ```js\n".repeat(5000)}the last step\n`;
  const output = `${steps}Policies:\n${findings}\nDiagnostics:\n${findings}\nResources:\n${findings}\nerror: preview failed\n`;
  expect(await previewAndComment(output, 255)).toMatchObject({ code: 0 });
  const { body } = github.comments[0]!;
  expect(body.length).toBeGreaterThan(60_000);
  expect(body).toMatch(/\*\*Policies\*\*\n\n````?text\n {8}- \[mandatory\] {2}vpc-dns/);
  expect(body.match(/… cut: the whole is in the job's log …/g)).toHaveLength(3);
  expect(body).toMatch(/error: preview failed\n`+\n\n<\/details>\n$/);
});

test("no secret of the job is in it, whatever the engine prints", async () => {
  const secrets = {
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    PULUMI_CONFIG_PASSPHRASE: "Correct-Horse-Battery-Staple",
  };
  const leak = `Diagnostics:\n    error: signing with ${secrets.AWS_SECRET_ACCESS_KEY}\n${Object.values(secrets).join("\n")} ${token}\n`;
  await previewAndComment(leak, 255, secrets);
  const { body } = github.comments[0]!;
  expect(body).toMatch(/error: signing with \*\*\*/);
  for (const secret of [...Object.values(secrets), token]) expect(body).not.toContain(secret);
});

test("what GitHub refuses is said, without the token", async () => {
  await previewAndComment(sound);
  const { code, stderr, stdout } = await step("comment.cjs", { GITHUB_TOKEN: "ghs_expired" });
  expect(code).toBe(1);
  expect(stderr).toBe(
    'GitHub answered 401 to GET /repos/acme/warehouse/issues/7/comments?per_page=100&page=1: {"message":"Bad credentials"}\n',
  );
  expect(stdout + stderr).not.toMatch(/ghs_/);
});
