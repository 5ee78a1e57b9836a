import { maxStatementBytes } from "../data-api/limits";
import { stubApi } from "../testing/stub-api";
import { insertStatements, loadSamples, resumeAt, type SampleTable } from "./load-samples";

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, note: "it's ".repeat(20), ok: index % 2 === 0 }));
const large: SampleTable = { schema: "sales", table: "orders", rows: rowsOf(3_000) };
const small: SampleTable = { schema: "sales", table: "shops", rows: [{ id: 7, name: null }] };
/** The same name in another schema is another table. */
const other: SampleTable = { schema: "archive", table: "orders", rows: rowsOf(1) };
const none: SampleTable = { schema: "sales", table: "nothing", rows: [] };

test("every statement fits one request, and together they hold every row", () => {
  const statements = insertStatements(large);
  expect(statements.length).toBeGreaterThan(2);
  for (const { sql } of statements) expect(Buffer.byteLength(sql)).toBeLessThanOrEqual(maxStatementBytes);
  expect(statements.reduce((sum, { sql }) => sum + sql.split("\n").length - 1, 0)).toBe(large.rows.length);
  expect(insertStatements(small)[0]?.sql).toBe('INSERT INTO "sales"."shops" ("id", "name") VALUES\n(7, NULL)');
});

test("a load cut short goes on, and a table with other rows is left alone", async () => {
  const half = insertStatements(large)[1]!.first;
  const { api, sent } = stubApi((sql) =>
    sql.startsWith("SELECT")
      ? [
          { name: "sales.orders", total: half, last_key: half },
          { name: "sales.shops", total: 2, last_key: 900 },
          { name: "archive.orders", total: 0, last_key: null },
        ]
      : undefined,
  );
  const done = await loadSamples(api, [large, small, none, other]);
  expect(done).toEqual([
    { table: "sales.orders", rows: 3_000, loaded: true },
    { table: "sales.shops", rows: 2, loaded: false },
    { table: "archive.orders", rows: 1, loaded: true },
  ]);
  expect(sent).toHaveLength(insertStatements(large).length);
  expect(resumeAt(large, insertStatements(large), half, half + 1)).toBeUndefined();
});

test("without samples nothing is asked", async () => {
  const { api, sent } = stubApi(() => new Error("asked"));
  expect(await loadSamples(api, [none])).toEqual([]);
  expect(sent).toEqual([]);
});
