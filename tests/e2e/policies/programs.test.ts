import path from "node:path";
import { allPrograms, type Program } from "../../../policies/programs";
import { isNote, judge, type Reported } from "../support/findings";
import { deployMs, Fleet, repository } from "../support/fleet";
import { writeProject } from "../support/projects";

// Every program of policies/programs goes through the real engine with the real pack. They share three stacks, since
// starting the engine costs more than judging them; a resource's name says which program it belongs to.

const stacks = ["lab", "prod", "acme"];
const pack = path.join(repository, "policies");
const fleet = new Fleet();
const said = new Map<string, Reported[]>();

jest.setTimeout(2 * deployMs);
beforeAll(async () => {
  await fleet.startSandbox();
  const compiled = JSON.stringify(path.join(pack, "dist/programs/index.js"));
  const quickLoad = JSON.stringify(path.join(repository, "toolchain", "quick-load", "index.cjs"));
  // The SDK notes where each of the 500 resources was made: written out with source maps, that is half of the program.
  const all = `
    require(${quickLoad});
    Error.prepareStackTrace = undefined;
    require(${compiled}).declareAll(require("@pulumi/pulumi").getStack());`;
  const project = writeProject(fleet, "programs", all);
  const [lab, ...others] = stacks;
  const inTurn = async () => {
    for (const stack of others) await preview(project, stack);
  };
  await fleet.mustPulumi(["stack", "init", "--stack", lab!], { cwd: project });
  for (const stack of others) await fleet.mustPulumi(["stack", "init", "--stack", stack], { cwd: project });
  await Promise.all([preview(project, lab!), inTurn()]);
});
afterAll(() => fleet.close());

async function preview(project: string, stack: string): Promise<void> {
  const config = path.join(pack, "programs", "policy-config.json");
  const args = ["preview", "--stack", stack, "--policy-pack", pack, "--policy-pack-config", config];
  const run = await judge(fleet, args, { cwd: project });
  // Refused by policies, and by nothing else: a program that does not run is no test of a policy.
  const errors = run.stdout.split("\n").filter((line) => /\berror: (?!preview failed)/.test(line));
  expect(errors).toEqual([]);
  expect(run.code).not.toBe(0);
  said.set(stack, run.said);
}

function about({ name, stack }: Program): Reported[] {
  return (said.get(stack) ?? []).filter(({ resource }) => resource.startsWith(`${name}--`));
}

function pairs(findings: Reported[]): string[] {
  return [...new Set(findings.map(({ policy, resource }) => `${policy}: ${resource}`))].sort();
}

const programs = allPrograms();
const bad = programs.filter(({ finds }) => Object.keys(finds).length > 0);
const good = programs.filter(({ finds }) => Object.keys(finds).length === 0);

describe("a program with one mistake is caught by exactly the rules it breaks", () => {
  test.each(bad.map((program) => [program.name, program] as const))("%s", (name, program) => {
    const expected = Object.entries(program.finds).flatMap(([policy, resources]) =>
      resources.map((resource) => `${policy}: ${name}--${resource}`),
    );
    const found = about(program).filter((one) => !isNote(one));
    expect(pairs(found)).toEqual(expected.sort());
    for (const { resource, lines } of found) {
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(new RegExp(`^${resource}: .+\\. .+\\.$`));
      expect(lines[1]).toMatch(/^Mend: .+\.$/);
      expect(lines.join()).not.toMatch(/Correct-Horse/);
    }
  });
});

describe("a program without a mistake passes without a word", () => {
  const waived = "lab-bucket";
  test.each(good.filter(({ name }) => name !== waived).map((program) => [program.name, program] as const))(
    "%s",
    (_name, program) => expect(about(program)).toEqual([]),
  );
  test("but each use of a waiver is told", () => {
    const [note, ...more] = about(good.find(({ name }) => name === waived)!);
    expect(more).toEqual([]);
    expect(note).toMatchObject({ policy: "bucket-tls-only", level: "advisory" });
    expect(note?.lines[0]).toMatch(/^Waived until 2999-12-31 by data-platform@example\.com: Made-up data/);
  });
});

test("a waiver that has expired, or is of no policy, is itself a violation", () => {
  const [misspelt, expired] = (said.get("acme") ?? []).filter(({ policy }) => policy === "waivers");
  expect([misspelt, expired]).toMatchObject([{ level: "mandatory" }, { level: "mandatory" }]);
  expect(misspelt?.lines[0]).toMatch(/bucket-tls-onyl .* waives nothing: no such policy; did you mean bucket-tls-only/);
  expect(expired?.lines[0]).toMatch(/expired on 2020-12-31/);
});

test("nothing is found but on the programs' own resources", () => {
  const names = new Set(programs.map(({ name }) => name));
  const strangers = [...said.values()].flat().filter(({ resource }) => !names.has(resource.split("--")[0]!));
  expect(strangers.filter(({ policy }) => policy !== "waivers")).toEqual([]);
});

test("there are enough of them", () => {
  expect(bad.length).toBeGreaterThanOrEqual(60);
  expect(good.length).toBeGreaterThanOrEqual(20);
});
