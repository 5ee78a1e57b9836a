import * as pulumi from "@pulumi/pulumi";
import { describeFault } from "@redshift-fleet/redshift/declarations";

export { describeFault };

/** One thing wrong with what a caller asked for, in words that say what to do about it. */
export interface Fault {
  /** Where it is, as the caller wrote it: `pool.size`, `subnets[1].cidr`. */
  readonly path: string;
  /** What was given there; `undefined` where something is missing. */
  readonly value: unknown;
  /** What must be true, as a sentence without a full stop. */
  readonly rule: string;
  /** What to do, as an imperative sentence without a full stop. */
  readonly remedy: string;
}

/** The same faults as seen from further out: `at("pool", …)` turns `size` into `pool.size`. */
export function at(prefix: string, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, path: fault.path ? `${prefix}.${fault.path}` : prefix }));
}

/**
 * Stops with every fault at once, or does nothing when there is none. Components call it before their first child, so
 * that nothing has been created when it throws.
 *
 * @throws pulumi.InputPropertiesError naming each path, value, rule and remedy.
 */
export function refuse(subject: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const lines = faults.map((fault) => `  - ${fault.path}: ${describeFault(fault)}`);
  const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
  throw new pulumi.InputPropertiesError({
    message: `${subject} has ${count}:\n${lines.join("\n")}`,
    errors: faults.map((fault) => ({ propertyPath: fault.path, reason: describeFault(fault) })),
  });
}

/**
 * Checks a value that is known only later. Use the Output that comes back in place of the one given: whatever depends
 * on it waits for the check and never sees an unchecked value.
 */
export function gated<T>(subject: string, value: pulumi.Input<T>, check: (value: pulumi.Unwrap<T>) => Fault[]) {
  return pulumi.output(value).apply((known) => {
    refuse(subject, check(known));
    return known;
  });
}
