import { planTables } from "./plan";
import type { SharedRelation } from "./share";

const relation = (...columns: [string, string][]): SharedRelation => ({
  type: "table",
  schema: "s",
  name: "t",
  columns: columns.map(([name, type]) => ({ name, type, required: false })),
});
const standing = (...columns: [string, string][]) => ({
  schema: "d$s",
  name: "t",
  columns: columns.map(([name, type]) => ({ name, type })),
});
const plan = (now: ReturnType<typeof standing>[], wanted: SharedRelation[]) =>
  planTables(now, wanted, "rs_d", (schema) => `d$${schema}`);

describe("planTables", () => {
  test("does nothing when nothing differs", () => {
    expect(plan([standing(["a", "integer"])], [relation(["a", "integer"])])).toEqual([]);
  });

  test("makes what is missing, with quoted names", () => {
    const odd = { ...relation(['x"y', "integer"]), name: "o'k" };
    expect(plan([], [odd])).toEqual([
      {
        statements: [
          `create foreign table "d$s"."o'k" ("x""y" integer) server "rs_d" options (schema_name E's', table_name E'o''k')`,
        ],
      },
    ]);
  });

  test("adds columns in place, so that views live on", () => {
    expect(plan([standing(["a", "integer"])], [relation(["a", "integer"], ["b", "text"])])).toEqual([
      { statements: ['alter foreign table "d$s"."t" add column "b" text'] },
    ]);
  });

  test("drops and retypes columns unless a view stands on them", () => {
    expect(plan([standing(["a", "integer"], ["b", "text"])], [relation(["a", "bigint"])])).toEqual([
      { statements: ['alter foreign table "d$s"."t" drop column "b"'], otherwise: [] },
      { statements: ['alter foreign table "d$s"."t" alter column "a" type bigint'], otherwise: [] },
    ]);
  });

  test("makes a table anew when columns would stand in another order, or adds what is missing where a view forbids it", () => {
    const [step] = plan([standing(["a", "integer"], ["b", "text"])], [relation(["c", "integer"], ["b", "text"])]);
    expect(step?.statements).toHaveLength(2);
    expect(step?.otherwise).toEqual(['alter foreign table "d$s"."t" add column "c" integer']);
  });

  test("takes away tables that left the share, unless a view stands on them", () => {
    expect(plan([standing(["a", "integer"])], [])).toEqual([
      { statements: ['drop foreign table "d$s"."t"'], otherwise: [] },
    ]);
  });
});
