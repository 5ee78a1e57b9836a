import fs from "node:fs";
import path from "node:path";
import recordings from "../../../policies/testing/recorded.json";
import { catalogue } from "../../../sandbox/services";
import { isNote, judge, type Registered } from "../support/findings";
import { deployMs, Fleet, repository } from "../support/fleet";
import { writeProject } from "../support/projects";

// The fleet of this project as its example stacks configure it: production and its rehearsal under the strictest preset,
// development under what holds where nothing is configured. The sandbox's stack is judged where it is deployed.

const fleet = new Fleet();
const presets = path.join(repository, "policies", "config");

jest.setTimeout(2 * deployMs);
let elsewhere: string;
beforeAll(async () => {
  await fleet.startSandbox();
  elsewhere = writeProject(fleet, "redshift-fleet", "");
});
afterAll(() => fleet.close());

/** What the engine registered in the previews so far. */
const seen: Registered[] = [];

/** Previews an example stack and returns what blocks it, or would if it were not advisory, as `level policy: resource`. */
async function findings(stack: string, policyConfig: string | undefined): Promise<string[]> {
  // Made from another folder, and previewed with a copy: the engine writes the stack's salt beside the project.
  const config = path.join(fleet.directory, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(config)) {
    await fleet.mustPulumi(["stack", "init", "--stack", stack], { cwd: elsewhere });
    fs.copyFileSync(path.join(repository, "stacks", `Pulumi.${stack}.yaml`), config);
  }
  const at = ["--stack", stack, "--config-file", config];
  const preset = policyConfig ? ["--policy-pack-config", policyConfig] : [];
  const args = ["preview", ...at, "--policy-pack", "policies", ...preset];
  const { code, said, registered, stdout, stderr } = await judge(fleet, args);
  seen.push(...registered);
  const found = said.filter((one) => !isNote(one));
  const blocked = found.some(({ level }) => level === "mandatory");
  if ((code !== 0) !== blocked) throw new Error(stdout + stderr);
  return found.map(({ level, policy, resource }) => `${level} ${policy}: ${resource}`).sort();
}

/** A reader's password is changed by its generation, which no policy can see somebody raise. */
const byHand = (...readers: string[]) => readers.map((one) => `advisory secret-rotation: readers-secret-${one}`);

test.each([
  ["prod", "strict.json", byHand("finance_reader", "fleet_reader")],
  ["staging", "strict.json", byHand("fleet_reader")],
  ["dev", undefined, byHand("fleet_reader")],
])("nothing is found on stack %s but that people must change readers' passwords", async (stack, preset, expected) => {
  expect(await findings(stack, preset && path.join(presets, preset))).toEqual(expected);
});

test.each(Object.entries(recordings))(
  "the engine gives the pack %s as the policies' tests have it",
  (type, recorded) => {
    const its = seen.find((one) => one.type === type);
    expect(Object.keys(its?.inputs ?? {})).toEqual(expect.arrayContaining(Object.keys(recorded)));
  },
);

test("every type of AWS's that the program uses has a table in the sandbox, which is compared with its typings", () => {
  const types = new Set(seen.map(({ type }) => type).filter((type) => type.startsWith("aws:")));
  expect(types.size).toBeGreaterThan(20);
  expect([...types].filter((type) => !catalogue.resources.has(type))).toEqual([]);
});

test("were it on AWS, stack local would lack TLS and usage limits, and nothing else", async () => {
  const strict = JSON.parse(fs.readFileSync(path.join(presets, "strict.json"), "utf8")) as Record<string, unknown>;
  const policyConfig = path.join(fleet.directory, "no-sandboxes.json");
  const onAws = { enforcementLevel: "mandatory", sandboxStacks: [] };
  const changed = { ...strict, "workgroup-require-ssl": onAws, "workgroup-usage-limit": onAws };
  fs.writeFileSync(policyConfig, JSON.stringify(changed));
  const warehouses = ["analytics", "pool-1", "pool-2", "pool-3", "producer"];
  expect(await findings("local", policyConfig)).toEqual([
    ...byHand("fleet_reader"),
    ...warehouses.map((name) => `advisory workgroup-usage-limit: ${name}-workgroup`),
    ...warehouses.map((name) => `mandatory workgroup-require-ssl: ${name}-parameters`),
  ]);
});
