import { evaluateResource, evaluateStack, remedyFor } from "../framework/evaluate";
import type { Finding, Policy } from "../framework/policy";
import { unproxied } from "../framework/raw";
import { unknownCheckingProxy } from "../framework/unknown-values";
import { absent, changed, engineView, type Fixture, mentions, type Phase, unknown } from "./fixture";

type Outcome = "pass" | "violation" | "undecided" | "advisory";
type Change = Record<string, unknown>;

export interface Case {
  name: string;
  change: Change;
  outcome: Outcome;
  /** The message must say this. */
  says?: RegExp;
  config?: Record<string, unknown>;
  stack?: string;
  /** Phases in which the outcome holds; by default all in which the values of the case exist. */
  phases?: Phase[];
  /** The properties after remediation (compared where given); `false` when the remedy cannot mend this. */
  becomes?: Record<string, unknown> | false;
}
type More = Partial<Omit<Case, "name" | "change" | "outcome" | "says">>;

export interface Table {
  policy: Policy;
  /** A program without a fault. */
  good: Fixture;
  cases: Case[];
}

export const violates = (name: string, change: Change, says: RegExp, more: More = {}): Case => ({
  name,
  change,
  outcome: "violation",
  says,
  ...more,
});
export const advises = (name: string, change: Change, says: RegExp, more: More = {}): Case => ({
  name,
  change,
  outcome: "advisory",
  says,
  ...more,
});
export const passes = (name: string, change: Change, more: More = {}): Case => ({
  name,
  change,
  outcome: "pass",
  ...more,
});
export const undecided = (name: string, change: Change, says: RegExp, more: More = {}): Case => ({
  name,
  change,
  outcome: "undecided",
  says,
  ...more,
});

const tables: Table[] = [];
let collecting = false;

/** Loads the tables of test files without registering their tests, for the mutation check. */
export function collectTables(load: () => void): readonly Table[] {
  collecting = true;
  try {
    load();
  } finally {
    collecting = false;
  }
  return tables;
}

/** Tests a policy: the good fixture passes, and each case, which changes one thing in it, has its outcome. */
export function testPolicy(policy: Policy, good: Fixture, cases: Case[]): void {
  const table = { policy, good, cases };
  tables.push(table);
  if (collecting) return;
  describe(policy.name, () => {
    for (const one of allCases(table)) test(one.name, () => expect(faultsOf(table, one)).toEqual([]));
    test("has a bad, an unknown and an absent case", () => expect(missingKinds(table)).toEqual([]));
  });
}

export function allCases(table: Table): Case[] {
  return [passes("the good program passes", {}), ...table.cases];
}

/** What contradicts a case, over all phases; empty when it holds. */
export function faultsOf(table: Table, one: Case): string[] {
  const faults: string[] = [];
  const fixture = changed(table.good, one.change);
  for (const phase of phasesOf(table, one)) {
    const findings = evaluate(table.policy, fixture, phase, one);
    const outcome = outcomeOf(findings, one.outcome);
    if (outcome !== one.outcome) {
      faults.push(`${phase}: ${outcome}, not ${one.outcome}: ${findings.map(({ text }) => text).join(" | ")}`);
    } else if (one.says && !findings.some(({ text }) => one.says!.test(text))) {
      faults.push(`${phase}: no message says ${one.says}: ${findings.map(({ text }) => text).join(" | ")}`);
    }
    for (const { text } of findings) if (/hunter2/.test(text)) faults.push(`${phase}: echoes a secret`);
    if (table.policy.remedy) faults.push(...remedyFaults(table.policy, fixture, phase, one));
  }
  return faults;
}

function phasesOf({ policy }: Table, one: Case): Phase[] {
  if (one.phases) return one.phases;
  if (policy.stackChecks.length === 0) return ["preview"];
  return one.outcome === "undecided" ? ["preview", "sparse"] : ["preview", "sparse", "deployed"];
}

function evaluate(policy: Policy, fixture: Fixture, phase: Phase, one: Case): Finding[] {
  const resources = engineView(fixture, phase, one.stack ?? "dev");
  const config = one.config ?? {};
  // Resource policies are given inputs, of which none is ever missing.
  const inputs = phase === "sparse" ? engineView(fixture, "preview", one.stack ?? "dev") : resources;
  return [
    ...inputs.flatMap((resource) => evaluateResource(policy, resource, config)),
    ...evaluateStack(policy, resources, config),
  ];
}

/** A violation outweighs a note: nothing undecided may hide it. */
function outcomeOf(findings: Finding[], expected: Outcome): Outcome {
  if (findings.some(({ kind, advisory }) => kind === "violation" && !advisory)) return "violation";
  if (expected !== "undecided" && findings.some(({ kind }) => kind === "violation")) return "advisory";
  if (findings.some(({ kind }) => kind === "undecided")) return "undecided";
  return findings.length > 0 ? "advisory" : "pass";
}

/** A remedy mends every violation, leaves the rest as it was, and finds nothing the second time. */
function remedyFaults(policy: Policy, fixture: Fixture, phase: Phase, one: Case): string[] {
  // Remedies see inputs, in which nothing is missing that the program sets.
  if (phase === "sparse") return [];
  const faults: string[] = [];
  const config = one.config ?? {};
  for (const resource of engineView(fixture, phase, one.stack ?? "dev")) {
    const patch = remedyFor(policy, resource, config);
    const violated = evaluateResource(policy, resource, config).some(({ kind }) => kind === "violation");
    if (!violated && patch) faults.push(`remedy changes ${resource.name}, which is in order`);
    if (!violated) continue;
    if (one.becomes === false) {
      if (patch) faults.push(`remedy changes ${resource.name}, though it cannot mend it`);
      continue;
    }
    if (!patch) {
      faults.push(`no remedy for ${resource.name}`);
      continue;
    }
    const mended = { ...resource, props: behindProxy(resource.props, patch) };
    const left = evaluateResource(policy, mended, config).filter(({ kind }) => kind === "violation");
    if (left.length > 0) faults.push(`remedy leaves: ${left.map(({ text }) => text).join(" | ")}`);
    if (remedyFor(policy, mended, config)) faults.push("a second remedy changes something again");
    for (const [key, value] of Object.entries(one.becomes ?? {})) {
      const got = JSON.stringify(patch[key]);
      if (got !== JSON.stringify(value)) faults.push(`remedy makes ${key} ${got}, not ${JSON.stringify(value)}`);
    }
  }
  return faults;
}

function behindProxy(props: unknown, patch: Record<string, unknown>): Record<string, unknown> {
  return unknownCheckingProxy({ ...(unproxied(props) as object), ...patch }) as Record<string, unknown>;
}

export function missingKinds({ cases }: Table): string[] {
  const missing: string[] = [];
  const has = (test: (one: Case) => boolean) => cases.some(test);
  if (!has(({ outcome }) => outcome === "violation")) missing.push("bad");
  if (!has(({ change, outcome }) => outcome === "undecided" || mentions(change, unknown))) missing.push("unknown");
  if (!has(({ change }) => mentions(change, absent))) missing.push("absent");
  return missing;
}
