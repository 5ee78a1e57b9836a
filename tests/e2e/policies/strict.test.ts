import fs from "node:fs";
import path from "node:path";
import { isNote, judge } from "../support/findings";
import { deployMs, Fleet, repository } from "../support/fleet";
import { writeProject } from "../support/projects";

// The fleet of this project as its example stacks configure it: production and its rehearsal under the strictest
// preset, development under what holds where nothing is configured.

const fleet = new Fleet();

jest.setTimeout(2 * deployMs);
let elsewhere: string;
beforeAll(async () => {
  await fleet.startSandbox();
  elsewhere = writeProject(fleet, "redshift-fleet", "");
});
afterAll(() => fleet.close());

test.each([
  ["prod", ["strict.json"]],
  ["staging", ["strict.json"]],
  ["dev", []],
])("nothing is found on stack %s", async (stack, presets) => {
  // Made from another folder, and previewed with a copy: the engine writes the stack's salt beside the project.
  await fleet.mustPulumi(["stack", "init", "--stack", stack], { cwd: elsewhere });
  const config = path.join(fleet.directory, `Pulumi.${stack}.yaml`);
  fs.copyFileSync(path.join(repository, "stacks", `Pulumi.${stack}.yaml`), config);
  const at = ["--stack", stack, "--config-file", config];
  const preset = presets.flatMap((file) => ["--policy-pack-config", path.join(repository, "policies", "config", file)]);
  const { code, said, stdout, stderr } = await judge(fleet, ["preview", ...at, "--policy-pack", "policies", ...preset]);
  expect(said.filter((one) => !isNote(one))).toEqual([]);
  if (code !== 0) throw new Error(stdout + stderr);
});
