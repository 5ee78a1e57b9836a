import { readFileSync } from "node:fs";
import { join } from "node:path";
import { maxStatementBytes } from "../data-api/limits";
import { stubApi } from "../testing/stub-api";
import type { SampleRow } from "./dimensions";
import { insertStatements, loadSamples, resumeAt } from "./load-samples";
import { airlineSamples, type SampleTable } from "./sample-data";

const tables = new Map(airlineSamples().map((table) => [table.table, table]));
const rows = (table: string) => tables.get(table)!.rows;

test("the data is the same every time, and a few thousand rows", () => {
  expect(airlineSamples()).toEqual([...tables.values()]);
  const total = [...tables.values()].reduce((sum, table) => sum + table.rows.length, 0);
  expect(total).toBeGreaterThan(3_000);
  expect(total).toBeLessThan(10_000);
});

test("every reference in the schema files holds", () => {
  let checked = 0;
  for (const file of ["0001_airline_dimensions.sql", "0002_airline_facts.sql"]) {
    const sql = readFileSync(join(__dirname, "../../infra/schema", file), "utf8");
    for (const [, table, body] of sql.matchAll(/CREATE TABLE airline\.(\w+) \(([\s\S]*?)\n\)/g)) {
      for (const [, column, other, key] of body!.matchAll(/^\s*(\w+) .*REFERENCES airline\.(\w+) \((\w+)\)/gm)) {
        const keys = new Set(rows(other!).map((row) => row[key!]));
        expect(rows(table!).filter((row) => !keys.has(row[column!]!))).toEqual([]);
        checked++;
      }
      const columns = [...body!.matchAll(/^ {2}(\w+) {2,}/gm)].map((match) => match[1]);
      expect(Object.keys(rows(table!)[0]!)).toEqual(columns);
    }
  }
  expect(checked).toBe(12);
});

test("keys are unique, and passengers fit into their plane", () => {
  for (const { table, rows: all } of tables.values()) {
    const key = (row: SampleRow) =>
      table === "daily_revenue" ? `${row.date_key}/${row.flight_key}` : Object.values(row)[0];
    expect(new Set(all.map(key)).size).toBe(all.length);
  }
  expect(rows("flight_operations").filter((row) => Number(row.passengers) > Number(row.seats))).toEqual([]);
});

test("daily revenue and boarded passengers agree with the bookings", () => {
  const held = rows("bookings").filter((booking) => !booking.is_cancelled);
  const cents = (all: SampleRow[], column: string) =>
    all.reduce((sum, row) => sum + Math.round(Number(row[column]) * 100), 0);
  for (const [revenue, booked] of [
    ["fare_revenue", "fare_amount"],
    ["tax_collected", "tax_amount"],
    ["ancillary_revenue", "ancillary_amount"],
  ] as const) {
    expect(cents(rows("daily_revenue"), revenue)).toBe(cents(held, booked));
  }
  const passengers = (all: SampleRow[]) => all.reduce((sum, row) => sum + Number(row.passengers), 0);
  expect(passengers(rows("daily_revenue"))).toBe(passengers(held));
  expect(passengers(rows("flight_operations"))).toBe(passengers(held));
  const cancelled = new Set(
    rows("flight_operations")
      .filter((row) => row.status === "cancelled")
      .map((row) => row.operation_id),
  );
  expect(held.filter((booking) => cancelled.has(booking.operation_id!))).toEqual([]);
});

test("every statement fits one request, and together they hold every row", () => {
  for (const table of tables.values()) {
    const statements = insertStatements(table);
    for (const { sql } of statements) expect(Buffer.byteLength(sql)).toBeLessThanOrEqual(maxStatementBytes);
    expect(statements.reduce((sum, { sql }) => sum + sql.split("\n").length - 1, 0)).toBe(table.rows.length);
  }
});

test("a load cut short goes on, and a table with other rows is left alone", async () => {
  const bookings = tables.get("bookings")!;
  const half = insertStatements(bookings)[1]!.first;
  const present = (table: SampleTable) => {
    if (table.table === "bookings") return { total: half, last_key: half };
    if (table.table === "dim_airport") return { total: 2, last_key: 900 };
    return table.table === "daily_revenue"
      ? { total: 0, last_key: null }
      : { total: table.rows.length, last_key: Number(Object.values(table.rows.at(-1)!)[0]) };
  };
  const { api, sent } = stubApi((sql) =>
    sql.startsWith("SELECT")
      ? [...tables.values()].map((table) => ({ name: table.table, ...present(table) }))
      : undefined,
  );
  const done = await loadSamples(api);
  expect(done.filter((each) => each.loaded).map((each) => each.table)).toEqual([
    "airline.bookings",
    "airline.daily_revenue",
  ]);
  expect(done.find((each) => each.table === "airline.dim_airport")).toMatchObject({ rows: 2, loaded: false });
  expect(sent).toHaveLength(
    insertStatements(bookings).length - 1 + insertStatements(tables.get("daily_revenue")!).length,
  );
  expect(resumeAt(bookings, insertStatements(bookings), half, half + 1)).toBeUndefined();
});
