import * as pulumi from "@pulumi/pulumi";
import { describeFault, type Fault, listFaults } from "@redshift-fleet/redshift/declarations";

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
  const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
  throw new pulumi.InputPropertiesError({
    message: `${subject} has ${count}:\n${listFaults(faults)}`,
    errors: faults.map((fault) => ({ propertyPath: fault.path, reason: describeFault(fault) })),
  });
}
