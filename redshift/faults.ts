import { type NameKind, nameFault } from "./identifiers";

/** One thing wrong with what a caller asked for, in words that say what to do about it. */
export interface Fault {
  /** Where it is, as the caller wrote it: `pool.size`, `schemas.sales.tables[2]`. */
  readonly path: string;
  /** What was given there; `undefined` where something is missing. */
  readonly value: unknown;
  /** What must be true, as a sentence without a full stop. */
  readonly rule: string;
  /** What to do, as an imperative sentence without a full stop. */
  readonly remedy: string;
}

/** The fault of a name we would create, if it has one. */
export function nameFaults(path: string, kind: NameKind, value: string): Fault[] {
  const fault = nameFault(kind, value);
  return fault ? [{ path, value, ...fault }] : [];
}

const longestValueShown = 120;

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longestValueShown ? `${text.slice(0, longestValueShown)}…` : text;
}

/** The fault as one line of text without its path. */
export function describeFault(fault: Pick<Fault, "value" | "rule" | "remedy">): string {
  return `${fault.rule}, but got ${shown(fault.value)}. ${fault.remedy}.`;
}

/** Faults as the lines of a list, each with its path. */
export function listFaults(faults: readonly Fault[]): string {
  return faults.map((fault) => `  - ${fault.path}: ${describeFault(fault)}`).join("\n");
}
