import { catalogue } from "../catalogue";
import { allTables } from "../testing/all-tables";
import { isKilled, mutantsOf } from "./factory-mutants";

const tables = allTables();

/** Mutants that change nothing, each with the reason. */
const equivalent: Record<string, string> = {
  "protect-stateful: unknown taken for absent": "it looks at options, which are always known",
  "no-ignored-security-changes: unknown taken for absent": "it looks at options, which are always known",
  "waivers: unknown taken for absent": "it looks at its own configuration",
  "waivers: check 1 taken out": "it reports nothing: it hands the waivers on, which framework/waivers.test.ts covers",
  "subnet-group-three-zones: unknown taken for absent": "the zone of a subnet that sets none is not known either",
  "workgroup-three-zones: unknown taken for absent": "the zone of a subnet that sets none is not known either",
  "fleet-one-key: unknown taken for absent": "what comes from no resource is what the provider fills in",
};

describe("breaking a policy turns its tests red", () => {
  test("has a table for every policy", () => {
    const tested = new Set(tables.map(({ policy }) => policy.name));
    expect(catalogue.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
  });

  for (const table of tables) {
    test(table.policy.name, () => {
      const survivors = mutantsOf(table)
        .filter((mutant) => !(mutant.name in equivalent) && !isKilled(mutant))
        .map(({ name }) => name);
      expect(survivors).toEqual([]);
    });
  }
});
