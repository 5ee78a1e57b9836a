import type { SampleRow, SampleTable } from "@redshift-fleet/redshift";
import { aircraft, airportRows, customers, dates, flights } from "./dimensions";
import { boardPassengers, bookings, dailyRevenue, operations } from "./facts";
import { Random } from "./random";

/** About five thousand rows for the airline's star schema: every reference holds, and the sums agree. */
export function tables(): SampleTable[] {
  const random = new Random(20250601);
  const planes = aircraft(random, 24);
  const schedule = flights(random, 15);
  const people = customers(random, 400);
  const departures = operations(random, schedule, planes, Date.UTC(2025, 5, 1), 28);
  const sold = bookings(random, departures, schedule, people.length, 3_000);
  const made: [string, SampleRow[]][] = [
    ["dim_date", dates(2025)],
    ["dim_airport", airportRows()],
    ["dim_aircraft", planes],
    ["dim_customer", people],
    ["dim_flight", schedule],
    ["flight_operations", boardPassengers(departures, sold)],
    ["bookings", sold],
    ["daily_revenue", dailyRevenue(sold)],
  ];
  return made.map(([table, rows]) => ({ schema: "airline", table, rows }));
}
