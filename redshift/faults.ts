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
