import type { Area, Check } from "./checks/check";
import type { Finding } from "./checks/finding";
import type { Facts, Section } from "./facts/facts";

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
