import fs from "node:fs";
import path from "node:path";
import { tables } from "../../examples/airline/samples/tables";
import { connect } from "./support/clients";
import { deployMs, repository } from "./support/fleet";
import { sharedFleet } from "./support/shared-fleet";

// Reports as analysts keep them, run by a reader through the balancer over the tables shared with it. What each must
// say is worked out here from the sample rows themselves.

type Row = Record<string, string | null>;
type Sample = Record<string, string | number | boolean | null>;

const folder = path.join(repository, "examples", "airline", "reports");
const samples = new Map(tables().map(({ table, rows }) => [table, rows as Sample[]]));
const table = (name: string): Sample[] => samples.get(name) ?? [];
const sum = (rows: Sample[], column: string) => rows.reduce((total, row) => total + Number(row[column]), 0);
const group = (rows: Sample[], column: string) => grouped(rows, (row) => String(row[column]));
const total = (rows: Row[], column: string) => rows.reduce((all, row) => all + Number(row[column]), 0);
const held = () => table("bookings").filter((row) => !row.is_cancelled);
const flown = () => table("flight_operations").filter((row) => row.status === "flown");

function grouped<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

const expectations: Record<string, (rows: Row[]) => void> = {
  "01_punctuality_by_route": (rows) => {
    expect(total(rows, "departures")).toBe(table("flight_operations").length);
    expect(total(rows, "cancelled")).toBe(table("flight_operations").length - flown().length);
    const worst = Math.max(...flown().map((row) => Number(row.arrival_delay_minutes)));
    expect(Math.max(...rows.map((row) => Number(row.worst_delay)))).toBe(worst);
  },
  "02_best_days": (rows) => {
    const days = [...group(table("daily_revenue"), "date_key").values()];
    const revenue = days.map((day) => sum(day, "fare_revenue") + sum(day, "ancillary_revenue")).sort((a, b) => b - a);
    expect(rows.map((row) => Number(row.revenue).toFixed(2))).toEqual(revenue.slice(0, 3).map((day) => day.toFixed(2)));
  },
  "03_share_of_daily_revenue": (rows) => {
    const week = table("daily_revenue").filter((row) => Number(row.date_key) < 20250608);
    expect(rows).toHaveLength(week.length);
    for (const day of grouped(rows, (row) => String(row.date_key)).values())
      expect(total(day, "share")).toBeCloseTo(1, 6);
  },
  "04_latest_booking_per_customer": (rows) => {
    const tiers = ["gold", "platinum"];
    const members = table("dim_customer").filter((row) => tiers.includes(String(row.loyalty_tier)));
    const latest = new Map<unknown, string>();
    for (const { customer_key, booked_at } of table("bookings")) {
      const known = latest.get(customer_key);
      if (!known || String(booked_at) > known) latest.set(customer_key, String(booked_at));
    }
    const expected = members.flatMap(({ customer_key, customer_number }) =>
      latest.has(customer_key) ? [[customer_number, latest.get(customer_key)]] : [],
    );
    expect(rows.map((row) => [row.customer_number, row.booked_at])).toEqual(expected.sort());
  },
  "05_destinations_by_tier": (rows) => {
    const tiers = new Map(table("dim_customer").map((row) => [row.customer_key, String(row.loyalty_tier)]));
    const customers = grouped(held(), (row) => String(tiers.get(row.customer_key ?? null)));
    expect(rows.map((row) => row.loyalty_tier)).toEqual([...customers.keys()].sort());
    for (const row of rows) {
      const bookings = customers.get(row.loyalty_tier ?? "") ?? [];
      expect(Number(row.bookings)).toBe(bookings.length);
      const destinations = (row.destinations ?? "").split(" ");
      expect(destinations).toEqual([...new Set(destinations)].sort());
    }
  },
  "06_how_early_people_book": (rows) => {
    expect(rows.map((row) => row.fare_class)).toEqual(["business", "economy", "premium"]);
    const classes = group(table("bookings"), "fare_class");
    for (const row of rows) expect(Number(row.bookings)).toBe(classes.get(row.fare_class ?? "")?.length);
    for (const row of rows) expect(Number(row.earliest_days)).toBeLessThanOrEqual(121);
    for (const row of rows) expect(Number(row.earliest_weeks) * 7).toBeGreaterThan(Number(row.earliest_days) - 7);
  },
  "07_sales_by_channel": (rows) => {
    expect(rows.map((row) => `${row.side} ${row.channel}`)).toEqual([
      "others Agency",
      "others Partner",
      "own App",
      "own Web",
    ]);
    const customers = new Set(table("bookings").flatMap((row) => (row.channel === "web" ? [row.customer_key] : [])));
    expect(Number(rows.at(-1)?.customers)).toBe(customers.size);
    expect(total(rows, "fares")).toBeCloseTo(sum(held(), "fare_amount"), 2);
    const all = sum(table("bookings"), "fare_amount");
    expect(total(rows, "fares") + total(rows, "cancelled_fares")).toBeCloseTo(all, 2);
  },
  "08_departures_nobody_booked": (rows) => {
    const booked = new Set(held().map((row) => `${row.flight_key} ${row.date_key}`));
    const departures = table("flight_operations").map((row) => `${row.flight_key} ${row.date_key}`);
    const expected = departures.filter((departure) => !booked.has(departure));
    expect(rows.map((row) => `${row.flight_key} ${row.date_key}`).sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(0);
  },
  "09_delays_by_hour": (rows) => {
    expect(total(rows, "flown")).toBe(flown().length);
    // New York is four hours behind in June.
    const hours = new Set(flown().map((row) => (Number(String(row.scheduled_departure).slice(11, 13)) + 20) % 24));
    expect(rows.map((row) => Number(row.local_hour))).toEqual([...hours].sort((a, b) => a - b));
  },
  "10_revenue_week_by_week": (rows) => {
    expect(Number(rows.at(-1)?.running)).toBeCloseTo(sum(table("daily_revenue"), "fare_revenue"), 2);
    expect(rows[0]).toMatchObject({ week_of: "2025-05-26", change: null, state: "closed" });
  },
};

const reports = fs.readdirSync(folder).map((file) => path.basename(file, ".sql"));

jest.setTimeout(deployMs);

let run: (sql: string) => Promise<Row[]>;
let end: () => Promise<void>;
beforeAll(async () => {
  const { reader } = await sharedFleet();
  const client = await connect(reader);
  const asText = { getTypeParser: () => String };
  run = async (sql) => (await client.query<Row>({ text: sql, types: asText })).rows;
  end = () => client.end();
});
afterAll(() => end?.());

test("every report has its expectation", () => {
  expect(reports).toEqual(Object.keys(expectations).sort());
  expect(reports).toHaveLength(10);
});

test.each(reports)("report %s", async (report) => {
  const rows = await run(fs.readFileSync(path.join(folder, `${report}.sql`), "utf8"));
  expect(rows.length).toBeGreaterThan(0);
  expectations[report]?.(rows);
});
