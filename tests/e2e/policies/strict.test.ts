import fs from "node:fs";
import path from "node:path";
import { isNote, judge } from "../support/findings";
import { deployMs, Fleet, repository } from "../support/fleet";
import { writeProject } from "../support/projects";

// The fleet of this project, as its example stacks configure it, under the strictest preset.

const fleet = new Fleet();

jest.setTimeout(2 * deployMs);
let elsewhere: string;
beforeAll(async () => {
  await fleet.startSandbox();
  elsewhere = writeProject(fleet, "redshift-fleet", "");
});
afterAll(() => fleet.close());

test.each(["prod", "staging", "dev"])("nothing is found on stack %s", async (stack) => {
  // Made from another folder, and previewed with a copy: the engine writes the stack's salt beside the project.
  await fleet.mustPulumi(["stack", "init", "--stack", stack], { cwd: elsewhere });
  const config = path.join(fleet.directory, `Pulumi.${stack}.yaml`);
  fs.copyFileSync(path.join(repository, "stacks", `Pulumi.${stack}.yaml`), config);
  const at = ["--stack", stack, "--config-file", config];
  const strict = path.join(repository, "policies", "config", "strict.json");
  const { code, said, stdout, stderr } = await judge(fleet, [
    "preview",
    ...at,
    "--policy-pack",
    "policies",
    "--policy-pack-config",
    strict,
  ]);
  expect(said.filter((one) => !isNote(one))).toEqual([]);
  if (code !== 0) throw new Error(stdout + stderr);
});
