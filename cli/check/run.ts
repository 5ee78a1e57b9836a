import type { StackOutputs } from "../stack/outputs";
import { connectionOf } from "../stack/targets";
import type { Area, Check } from "./check";
import { checks } from "./checks";
import { collectBalancer } from "./collect/balancer";
import { collectCatalogs } from "./collect/catalogs";
import { openClients } from "./collect/clients";
import { collectNetwork } from "./collect/network";
import { collectWarehouses } from "./collect/warehouses";
import { type Catalogs, type Facts, noOutages, type Outages, type Section } from "./facts";
import type { Finding } from "./finding";

export interface CheckReport {
  ok: boolean;
  checks: Judged[];
  findings: (Finding & { check: string })[];
}

/** One check, and what came of it. */
export interface Judged {
  id: string;
  area: Area;
  title: string;
  /** `unknown`: nothing was found, and not everything that it judges could be asked. */
  state: "ok" | "found" | "skipped" | "unknown";
  /** What was not judged, and why: absent where everything was. */
  unjudged?: { name: string; why: string }[];
}

export interface CheckOptions {
  /** Milliseconds in which every question to AWS and to the warehouses has to be answered. */
  deadlineMs: number;
  /** Whether warehouses are asked too, which wakes those that sleep. */
  sql: boolean;
  /** What is known to be down. @default nothing */
  outages?: Outages;
}

/** Collects all facts at once, then judges them. What cannot be collected is itself a finding, never a silent pass. */
export async function runChecks(outputs: StackOutputs, options: CheckOptions): Promise<CheckReport> {
  const { deadlineMs, sql, outages = noOutages } = options;
  const clients = openClients({ region: connectionOf(outputs).region, maxAttempts: 4 }, deadlineMs);
  const failures: Partial<Record<Section, string>> = {};
  const collected = async <T, F>(section: Section, collecting: Promise<T>, otherwise: F): Promise<T | F> => {
    try {
      return await collecting;
    } catch (error) {
      failures[section] = error instanceof Error ? error.message || error.name : String(error);
      return otherwise;
    }
  };
  try {
    const listing = collectWarehouses(clients, outputs);
    const surroundings = listing.then((found) => collectNetwork(clients, found));
    const asking = sql ? collectCatalogs(outputs, deadlineMs) : Promise.resolve(nothingAsked);
    const [warehouses, network, balancer, catalogs] = await Promise.all([
      collected("warehouses", listing, []),
      collected("network", surroundings, { subnets: [], serviceEndpoints: [], groups: [] }),
      collected("balancer", collectBalancer(clients, outputs), undefined),
      collected("catalogs", asking, nothingAsked),
    ]);
    const facts: Facts = { outputs, outages, warehouses, network, balancer, catalogs };
    return judge(checks, facts, failures, sql ? [] : ["catalogs"]);
  } finally {
    clients.close();
  }
}

const nothingAsked: Catalogs = { producer: { error: "It was not asked." }, consumers: {}, readers: [] };

const sectionNames: Readonly<Record<Section, string>> = {
  warehouses: "namespaces and workgroups",
  network: "subnets and security groups",
  balancer: "the balancer",
  catalogs: "the warehouses' catalogs",
};

/** @param skipped sections that nobody collected. @param failures those that could not be, with the reason */
export function judge(
  all: readonly Check[],
  facts: Facts,
  failures: Partial<Record<Section, string>>,
  skipped: readonly Section[],
): CheckReport {
  const findings = Object.entries(failures).map(([section, reason]) => ({
    check: "collect",
    what: `Nothing is known about ${sectionNames[section as Section]}`,
    cause: reason,
    cure: "See that credentials, Region and permissions are right and the network is there, then check again.",
  }));
  const states = all.map(({ id, area, title, needs, judge: ask }): Judged => {
    const base = { id, area, title };
    if (needs.some((section) => section in failures)) return { ...base, state: "unknown" };
    if (needs.some((section) => skipped.includes(section))) return { ...base, state: "skipped" };
    const verdicts = ask(facts);
    const found = verdicts.filter((verdict) => "what" in verdict);
    findings.push(...found.map((finding) => ({ check: id, ...finding })));
    const unjudged = verdicts.flatMap((verdict) =>
      "unjudged" in verdict ? [{ name: verdict.unjudged, why: verdict.why }] : [],
    );
    const state = found.length > 0 ? "found" : unjudged.length > 0 ? "unknown" : "ok";
    return { ...base, state, ...(unjudged.length > 0 && { unjudged }) };
  });
  return { ok: findings.length === 0, checks: states, findings };
}
