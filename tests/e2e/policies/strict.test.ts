import fs from "node:fs";
import path from "node:path";
import { isNote, judge } from "../support/findings";
import { deployMs, Fleet, repository } from "../support/fleet";

// The fleet of this project, as its example stacks configure it, under the strictest preset.

const fleet = new Fleet();

jest.setTimeout(2 * deployMs);
beforeAll(() => fleet.startSandbox());
afterAll(() => fleet.close());

test.each(["prod", "staging", "dev"])("nothing is found on stack %s", async (stack) => {
  // A copy: the engine writes the stack's salt into the file.
  const config = path.join(fleet.directory, `Pulumi.${stack}.yaml`);
  fs.copyFileSync(path.join(repository, "stacks", `Pulumi.${stack}.yaml`), config);
  const at = ["--stack", stack, "--config-file", config];
  await fleet.mustPulumi(["stack", "init", ...at]);
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
