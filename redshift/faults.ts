import { type NameKind, nameFault } from "./identifiers";

/** One thing wrong with a definition, in words that say what to do about it. */
export interface Fault {
  /** Where it is: `schemas.sales.tables[2]`. */
  path: string;
  value: unknown;
  /** What must be true, without a full stop. */
  rule: string;
  /** What to do, without a full stop. */
  remedy: string;
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
