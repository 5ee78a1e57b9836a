import type { SampleRow } from "@redshift-fleet/redshift";
import { airports, distanceKm } from "./airports";
import type { Random } from "./random";

const day = 86_400_000;
const monthNames = "January February March April May June July August September October November December".split(" ");
const dayNames = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

/** `yyyy-mm-dd` in UTC. */
export const isoDate = (time: number) => new Date(time).toISOString().slice(0, 10);
/** `yyyy-mm-dd hh:mm:ss` in UTC. */
export const isoTime = (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", " ");
/** yyyymmdd as a number. */
export const dateKey = (time: number) => Number(isoDate(time).replaceAll("-", ""));

export function dates(year: number): SampleRow[] {
  const rows: SampleRow[] = [];
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += day) {
    const date = new Date(time);
    const month = date.getUTCMonth() + 1;
    const weekday = ((date.getUTCDay() + 6) % 7) + 1;
    rows.push({
      date_key: dateKey(time),
      calendar_date: isoDate(time),
      year,
      quarter: Math.ceil(month / 3),
      month,
      month_name: monthNames[month - 1]!,
      day_of_month: date.getUTCDate(),
      day_of_week: weekday,
      day_name: dayNames[weekday - 1]!,
      is_weekend: weekday > 5,
      is_peak_season: month === 7 || month === 8 || month === 12,
    });
  }
  return rows;
}

export function airportRows(): SampleRow[] {
  return airports.map(([iata_code, airport_name, city, country_code, latitude, longitude, is_hub], index) => ({
    airport_key: index + 1,
    iata_code,
    airport_name,
    city,
    country_code,
    latitude,
    longitude,
    is_hub,
  }));
}

const models = [
  ["Airbus", "A320neo", 150, 12, 6300],
  ["Airbus", "A350-900", 270, 36, 15000],
  ["Boeing", "737-8", 156, 16, 6570],
  ["Boeing", "787-9", 246, 30, 14140],
] as const;

export function aircraft(random: Random, count: number): SampleRow[] {
  return Array.from({ length: count }, (_, index) => {
    const [manufacturer, model, seats_economy, seats_business, range_km] = models[index % models.length]!;
    return {
      aircraft_key: index + 1,
      tail_number: `N${300 + index}RF`,
      manufacturer,
      model,
      seats_economy,
      seats_business,
      range_km,
      in_service_since: isoDate(Date.UTC(random.integer(2012, 2023), random.integer(0, 11), random.integer(1, 28))),
    };
  });
}

export function customers(random: Random, count: number): SampleRow[] {
  return Array.from({ length: count }, (_, index) => {
    const home = random.integer(1, airports.length);
    return {
      customer_key: index + 1,
      customer_number: `RF${String(index + 1).padStart(8, "0")}`,
      loyalty_tier: random.pick(["basic", "basic", "basic", "silver", "silver", "gold", "platinum"]),
      country_code: airports[home - 1]![3],
      home_airport_key: home,
      birth_year: random.integer(1945, 2006),
      joined_on: isoDate(Date.UTC(random.integer(2010, 2024), random.integer(0, 11), random.integer(1, 28))),
      accepts_offers: random.chance(0.6),
    };
  });
}

/** Flights between a hub and another airport, there and back. */
export function flights(random: Random, pairs: number): SampleRow[] {
  const rows: SampleRow[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const hub = pair % 3;
    const away = 3 + (pair % (airports.length - 3));
    for (const [from, to] of [
      [hub, away],
      [away, hub],
    ] as const) {
      const distance = distanceKm(airports[from]!, airports[to]!);
      rows.push({
        flight_key: rows.length + 1,
        flight_number: `RF${100 + rows.length}`,
        origin_airport_key: from + 1,
        destination_airport_key: to + 1,
        departs_at: `${String(random.integer(6, 21)).padStart(2, "0")}:${random.pick(["00", "15", "30", "45"])}`,
        block_minutes: Math.round(35 + distance / 13.5),
        distance_km: distance,
        is_international: airports[from]![3] !== airports[to]![3],
      });
    }
  }
  return rows;
}
