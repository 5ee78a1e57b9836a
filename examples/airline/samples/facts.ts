import type { SampleRow } from "@redshift-fleet/redshift";
import { dateKey, isoTime } from "./dimensions";
import type { Random } from "./random";

const minute = 60_000;
const day = 86_400_000;
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const fareFactors = { economy: 1, premium: 1.7, business: 3.4 };

/** One departure of every flight on each of `days` days from `start` on; passengers are counted later, from bookings. */
export function operations(
  random: Random,
  flights: readonly SampleRow[],
  aircraft: readonly SampleRow[],
  start: number,
  days: number,
): SampleRow[] {
  const rows: SampleRow[] = [];
  for (let number = 0; number < days; number++) {
    for (const flight of flights) {
      const [hour, minutes] = String(flight.departs_at).split(":").map(Number);
      const departure = start + number * day + (hour! * 60 + minutes!) * minute;
      const arrival = departure + Number(flight.block_minutes) * minute;
      const cancelled = random.chance(0.02);
      const delay = random.chance(0.7) ? random.integer(-5, 12) : random.integer(13, 150);
      const made = delay + random.integer(-10, 5);
      const suitable = aircraft.filter((each) => Number(each.range_km) > Number(flight.distance_km));
      const plane = random.pick(suitable);
      rows.push({
        operation_id: rows.length + 1,
        date_key: dateKey(departure),
        flight_key: flight.flight_key!,
        aircraft_key: plane.aircraft_key!,
        scheduled_departure: isoTime(departure),
        actual_departure: cancelled ? null : isoTime(departure + delay * minute),
        scheduled_arrival: isoTime(arrival),
        actual_arrival: cancelled ? null : isoTime(arrival + made * minute),
        departure_delay_minutes: cancelled ? null : delay,
        arrival_delay_minutes: cancelled ? null : made,
        status: cancelled ? "cancelled" : "flown",
        seats: Number(plane.seats_economy) + Number(plane.seats_business),
        passengers: 0,
        fuel_kg: cancelled ? 0 : Math.round(Number(flight.distance_km) * (2.4 + random.next())),
      });
    }
  }
  return rows;
}

const money = (cents: number) => (cents / 100).toFixed(2);

/** Bookings over the given departures. Those of a cancelled departure are cancelled, and some others too. */
export function bookings(
  random: Random,
  departures: readonly SampleRow[],
  flights: readonly SampleRow[],
  customers: number,
  count: number,
): SampleRow[] {
  return Array.from({ length: count }, (_, index) => {
    const departure = random.pick(departures);
    const flight = flights[Number(departure.flight_key) - 1]!;
    const fareClass = random.pick(["economy", "economy", "economy", "economy", "premium", "business"] as const);
    const passengers = random.integer(1, 5);
    const base = 3_500 + Number(flight.distance_km) * 9;
    const fare = Math.round(base * fareFactors[fareClass] * (0.7 + random.next()) * passengers);
    const leaves = Date.parse(`${String(departure.scheduled_departure).replace(" ", "T")}Z`);
    return {
      booking_id: index + 1,
      record_locator: Array.from({ length: 6 }, () => letters[random.integer(0, letters.length - 1)]).join(""),
      customer_key: random.integer(1, customers),
      operation_id: departure.operation_id!,
      date_key: departure.date_key!,
      flight_key: departure.flight_key!,
      booked_at: isoTime(leaves - random.integer(3 * 60, 120 * 24 * 60) * minute),
      passengers,
      fare_class: fareClass,
      channel: random.pick(["web", "web", "app", "app", "agency", "partner"]),
      fare_amount: money(fare),
      tax_amount: money(Math.round(fare * 0.128)),
      ancillary_amount: money(random.chance(0.4) ? random.integer(15, 90) * 100 * passengers : 0),
      is_cancelled: departure.status === "cancelled" || random.chance(0.04),
    };
  });
}

/** Counts each departure's passengers from the bookings that hold. */
export function boardPassengers(departures: readonly SampleRow[], bookings: readonly SampleRow[]): SampleRow[] {
  const boarded = new Map<SampleRow[string], number>();
  for (const booking of bookings) {
    if (booking.is_cancelled) continue;
    boarded.set(booking.operation_id!, (boarded.get(booking.operation_id!) ?? 0) + Number(booking.passengers));
  }
  return departures.map((departure) => ({ ...departure, passengers: boarded.get(departure.operation_id!) ?? 0 }));
}

const cents = (amount: SampleRow[string] | undefined) => Math.round(Number(amount) * 100);

/** Sums the bookings by day of departure and flight. */
export function dailyRevenue(bookings: readonly SampleRow[]): SampleRow[] {
  const groups = new Map<string, SampleRow[]>();
  for (const booking of bookings) {
    const key = `${booking.date_key}/${String(booking.flight_key).padStart(6, "0")}`;
    groups.set(key, [...(groups.get(key) ?? []), booking]);
  }
  return [...groups.keys()].sort().map((key) => {
    const group = groups.get(key)!;
    const held = group.filter((booking) => !booking.is_cancelled);
    const sum = (column: string) => money(held.reduce((total, booking) => total + cents(booking[column]), 0));
    return {
      date_key: group[0]!.date_key!,
      flight_key: group[0]!.flight_key!,
      bookings: held.length,
      cancelled_bookings: group.length - held.length,
      passengers: held.reduce((total, booking) => total + Number(booking.passengers), 0),
      fare_revenue: sum("fare_amount"),
      tax_collected: sum("tax_amount"),
      ancillary_revenue: sum("ancillary_amount"),
    };
  });
}
