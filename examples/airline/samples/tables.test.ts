import fs from "node:fs";
import { join } from "node:path";
import type { SampleRow } from "@redshift-fleet/redshift";
import { tables } from "./tables";

const made = new Map(tables().map((table) => [table.table, table]));
const rows = (table: string) => made.get(table)!.rows;

test("the data is the same every time, and a few thousand rows", () => {
  expect(tables()).toEqual([...made.values()]);
  const total = [...made.values()].reduce((sum, table) => sum + table.rows.length, 0);
  expect(total).toBeGreaterThan(3_000);
  expect(total).toBeLessThan(10_000);
});

test("every reference in the schema files holds", () => {
  let checked = 0;
  for (const file of ["0001_airline_dimensions.sql", "0002_airline_facts.sql"]) {
    const sql = fs.readFileSync(join(__dirname, "../schema", file), "utf8");
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
  for (const { table, rows: all } of made.values()) {
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
