import fs from "node:fs";
import path from "node:path";
import { dependencies } from "../../../policies/package.json";
import { deployMs, Fleet, repository } from "../support/fleet";
import { type Finished, run, succeed } from "../support/processes";
import { writeProject } from "../support/projects";

// The pack as another repository uses it: packed, and then the three lines of docs/policy-enforcement.md as they stand
// there. npm installs the tarball; what it depends on, and nothing else, is linked from this repository, so that no
// registry is needed.

const fleet = new Fleet();
const pack = "node_modules/@redshift-fleet/policies";
const [install, lint, preview] = threeLines();
let project: string;
let tarball: string;

jest.setTimeout(deployMs);
beforeAll(async () => {
  await fleet.startSandbox();
  project = writeProject(
    fleet,
    "elsewhere",
    `const { Workgroup } = require("@pulumi/aws/redshiftserverless");
     new Workgroup("reports", { workgroupName: "reports", namespaceName: "reports", publiclyAccessible: true });`,
  );
  fs.rmSync(path.join(project, "node_modules"));
  fs.writeFileSync(path.join(project, "package.json"), JSON.stringify(manifest()));
  const packing = ["pack", "--workspace", "policies", "--pack-destination", fleet.directory, "--json"];
  // Types take the compiler half a minute; the stage of types has judged them.
  const env = { ...process.env, REDSHIFT_FLEET_PACK: "code" };
  const { stdout } = await succeed("npm", packing, { cwd: repository, env });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  tarball = path.join(fleet.directory, filename);
  expect((await paste(install.replace(/@redshift-fleet\/policies$/, tarball))).code).toBe(0);
});
afterAll(() => fleet.close());

function threeLines(): [string, string, string] {
  const guide = fs.readFileSync(path.join(repository, "docs/policy-enforcement.md"), "utf8");
  const [, block] = /three lines\n```sh\n([\s\S]*?)\n```/.exec(guide)!;
  return block!.split("\n") as [string, string, string];
}

/** A project with the pack's dependencies, and the provider's SDK for its own program, as links. */
function manifest(): object {
  const own = Object.fromEntries(
    [...Object.keys(dependencies), "@pulumi/aws"].map((name) => [name, `file:${repository}/node_modules/${name}`]),
  );
  const overrides = Object.fromEntries(Object.keys(dependencies).map((name) => [name, `$${name}`]));
  return { name: "elsewhere", private: true, main: "index.cjs", dependencies: own, overrides };
}

/** Runs a line in the project as its author's shell would. */
function paste(line: string): Promise<Finished> {
  const env = { ...fleet.environment, npm_config_offline: "true", npm_config_audit: "false" };
  return run("bash", ["-c", line], { cwd: project, env, timeoutMs: deployMs });
}

test("it holds what it needs to run, and no sources", () => {
  const files = fs.readdirSync(path.join(project, pack), { recursive: true }).map(String);
  expect(files).toEqual(
    expect.arrayContaining(["pack.cjs", "PulumiPolicy.yaml", "dist/pack.js", "config/strict.json"]),
  );
  expect(files.filter((file) => /\.ts$|programs|testing/.test(file))).toEqual([]);
});

test("its presets can be copied, changed and linted", async () => {
  fs.copyFileSync(path.join(project, pack, "config/baseline.json"), path.join(project, "policy-config.json"));
  expect(await paste(lint)).toMatchObject({ code: 0, stdout: "policy-config.json: in order\n" });
  fs.writeFileSync(path.join(project, "misspelt.json"), '{ "workgroup-not-pubic": "mandatory" }');
  const { code, stderr } = await paste(lint.replace("policy-config", "misspelt"));
  expect(code).toBe(1);
  expect(stderr).toMatch(/no such policy; did you mean workgroup-not-public\?/);
});

test("it refuses a program with a public warehouse", async () => {
  await fleet.mustPulumi(["stack", "init", "--stack", "lab"], { cwd: project });
  const { code, stdout } = await paste(`${preview} --non-interactive --color never`);
  expect(code).not.toBe(0);
  expect(stdout).toMatch(/\[mandatory\].*workgroup-not-public.*reports/);
  // By the pack, and by nothing else.
  expect(stdout).not.toMatch(/error: (?!preview failed)/);
});
