import type { Policy } from "../framework/policy";
import { changed, type Fixture, unknown } from "../testing/fixture";
import { allCases, faultsOf, type Table } from "../testing/table";

export interface Mutant {
  name: string;
  table: Table;
}

/** Every way in which a policy is broken as a whole: a check taken out or turned round, its remedy gone, unknowns overlooked. */
export function mutantsOf(table: Table): Mutant[] {
  const { policy } = table;
  const broken = (name: string, change: Partial<Policy>): Mutant => ({
    name: `${policy.name}: ${name}`,
    table: { ...table, policy: { ...policy, ...change } },
  });
  return [
    ...policy.checks.map((_, at) =>
      broken(`check ${at + 1} taken out`, { checks: policy.checks.map((check, i) => (i === at ? () => {} : check)) }),
    ),
    ...policy.stackChecks.map((_, at) =>
      broken(`stack check ${at + 1} taken out`, {
        stackChecks: policy.stackChecks.map((check, i) => (i === at ? () => {} : check)),
      }),
    ),
    ...(policy.checks.length > 0
      ? [broken("always violated", { checks: [(_resource, { violation }) => violation("always")] })]
      : []),
    ...(policy.stackChecks.length > 0
      ? [broken("always violated in the stack", { stackChecks: [(_resource, { violation }) => violation("always")] })]
      : []),
    ...(policy.remedy
      ? [
          broken("remedy that does nothing", { remedy: () => ({}) }),
          broken("remedy taken out", { remedy: () => undefined }),
        ]
      : []),
    { name: `${policy.name}: unknown taken for absent`, table: withoutUnknowns(table) },
  ];
}

/** Whether some case of the table notices that the policy is broken. */
export function isKilled({ table }: Mutant): boolean {
  return allCases(table).some((one) => {
    try {
      return faultsOf(table, one).length > 0;
    } catch {
      return true;
    }
  });
}

/** The same cases, but what is not known looks as if it were not there: as a rule sees it that takes one for the other. */
function withoutUnknowns(table: Table): Table {
  return {
    ...table,
    good: pruned(table.good) as Fixture,
    cases: table.cases.map((one) => ({ ...one, change: pruned(changed(table.good, one.change)) as Fixture })),
  };
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== unknown).map(pruned);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === unknown ? [] : [[key, pruned(inner)]])),
  );
}
