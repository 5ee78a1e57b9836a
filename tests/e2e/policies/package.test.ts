import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { deployMs, Fleet, repository } from "../support/fleet";
import { run, succeed } from "../support/processes";
import { writeProject } from "../support/projects";

// The pack as another repository uses it: packed, installed from the tarball, three lines.

const fleet = new Fleet();
const pack = "node_modules/@redshift-fleet/policies";
let project: string;

jest.setTimeout(deployMs);
beforeAll(async () => {
  await fleet.startSandbox();
  project = writeProject(
    fleet,
    "elsewhere",
    `const { Workgroup } = require("@pulumi/aws/redshiftserverless");
     new Workgroup("bi", { workgroupName: "bi", namespaceName: "bi", publiclyAccessible: true });`,
  );
  const { stdout } = await succeed(
    "npm",
    ["pack", "--workspace", "policies", "--pack-destination", fleet.directory, "--json"],
    { cwd: repository },
  );
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  unpackBesideDependencies(path.join(fleet.directory, filename));
  await fleet.mustPulumi(["stack", "init", "--stack", "lab"], { cwd: project });
});
afterAll(() => fleet.close());

/** What `npm install` would do, without the registry: what the pack depends on is the repository's. */
function unpackBesideDependencies(tarball: string): void {
  const modules = path.join(project, "node_modules");
  fs.rmSync(modules);
  fs.mkdirSync(path.join(project, pack), { recursive: true });
  for (const entry of fs.readdirSync(path.join(repository, "node_modules"))) {
    if (entry === "@redshift-fleet") continue;
    fs.symlinkSync(path.join(repository, "node_modules", entry), path.join(modules, entry));
  }
  tar(["-xzf", tarball, "-C", path.join(project, pack), "--strip-components=1"]);
}

function tar(args: string[]): void {
  const { status, stderr } = spawnSync("tar", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

test("it holds what it needs to run, and no sources", () => {
  const files = fs.readdirSync(path.join(project, pack), { recursive: true }).map(String);
  expect(files).toEqual(
    expect.arrayContaining(["pack.cjs", "PulumiPolicy.yaml", "dist/pack.js", "config/strict.json"]),
  );
  expect(files.filter((file) => /\.ts$|programs|testing/.test(file))).toEqual([]);
});

test("its lint runs", async () => {
  const lint = [path.join(pack, "bin/redshift-policies.cjs"), "lint", path.join(pack, "config/strict.json")];
  expect((await run(process.execPath, lint, { cwd: project })).code).toBe(0);
});

test("it refuses a program with a public warehouse", async () => {
  const config = path.join(pack, "config/baseline.json");
  const args = ["preview", "--stack", "lab", "--policy-pack", pack, "--policy-pack-config", config];
  const { code, stdout } = await fleet.pulumi(args, { cwd: project });
  expect(code).not.toBe(0);
  expect(stdout).toMatch(/\[mandatory\].*workgroup-not-public.*bi/);
});
