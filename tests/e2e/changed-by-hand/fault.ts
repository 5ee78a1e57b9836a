import type { CheckedFleet } from "./checked-fleet";

/** Something that is really broken, and mended again. */
export interface Fault {
  make(): Promise<unknown>;
  /** What takes its time to be healthy again is waited for by the test. */
  undo(): Promise<unknown>;
  /** What is to be found: the check's name and a part of what it says. */
  finds: () => string;
  /** How long questions may take, in milliseconds, where something will not answer. */
  deadlineMs?: number;
}

/** Faults by their names, which are those of their tests. */
export type Faults = Record<string, (checked: CheckedFleet) => Fault>;
