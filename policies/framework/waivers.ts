import { closest, matches } from "./names";
import type { Finding } from "./policy";

/** Somebody's decision to live with a violation for a while. */
export interface Waiver {
  policy: string;
  /** Pattern of the resource's URN, `*` for any characters. */
  resource: string;
  reason: string;
  owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  expires: string;
}

/**
 * The waivers in force. The SDK hands each policy only its own configuration, so the `waivers` policy, first in the
 * pack, leaves them here on every call before the others run.
 */
let current: readonly Waiver[] = [];
export function setWaivers(waivers: readonly Waiver[]): void {
  current = waivers;
}
export function waiversInForce(): readonly Waiver[] {
  return current;
}

const dayFormat = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a waiver itself, in words; undefined when it is in order. */
export function faultOf(waiver: Partial<Waiver>, today: string): string | undefined {
  for (const key of ["policy", "resource", "reason", "owner", "expires"] as const) {
    if (!waiver[key]?.trim()) return `has no ${key}`;
  }
  if (!dayFormat.test(waiver.expires!) || Number.isNaN(Date.parse(waiver.expires!))) {
    return `expires "${waiver.expires}", which is not a date like 2027-01-31`;
  }
  return waiver.expires! < today ? `expired on ${waiver.expires}` : undefined;
}

/** What to say of a policy that does not exist. */
export function noSuchPolicy(name: string, names: readonly string[]): string {
  const near = closest(name, names);
  return `no such policy${near ? `; did you mean ${near}?` : ""}`;
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Turns violations that are waived into notes; every use is reported. A faulty or expired waiver waives nothing. */
export function applyWaivers(policy: string, findings: Finding[], waivers = current, day = today()): Finding[] {
  if (waivers.length === 0) return findings;
  return findings.map((finding) => {
    if (finding.kind !== "violation" || finding.urn === undefined) return finding;
    const waiver = waivers.find(
      (one) => one.policy === policy && !faultOf(one, day) && matches(finding.urn!, one.resource),
    );
    if (!waiver) return finding;
    const text = `Waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}\n${finding.text}`;
    return { ...finding, kind: "waived", advisory: true, text };
  });
}
