/** Redshift's names of date parts; PostgreSQL knows the canonical ones on the left. */
const synonyms: Readonly<Record<string, string>> = {
  millennium: "millennium millennia mil mils",
  century: "century centuries c cent cents",
  decade: "decade decades dec decs",
  year: "year years y yr yrs",
  quarter: "quarter quarters q qtr qtrs",
  month: "month months mon mons",
  week: "week weeks w",
  day: "day days d",
  hour: "hour hours h hr hrs",
  minute: "minute minutes m min mins",
  second: "second seconds s sec secs",
  milliseconds: "millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon",
  microseconds: "microsecond microseconds us usec usecs usecond useconds microsec microsecs microsecon",
  dow: "dayofweek dow dw weekday",
  doy: "dayofyear doy dy yearday",
  epoch: "epoch",
  timezone: "timezone",
  timezone_hour: "timezone_hour",
  timezone_minute: "timezone_minute",
};

const canonical = new Map(
  Object.entries(synonyms).flatMap(([part, names]) => names.split(" ").map((name) => [name, part] as const)),
);

/** PostgreSQL's name of a date part (in either case), undefined when it is none. */
export function datePart(name: string): string | undefined {
  return canonical.get(name.toLowerCase());
}

/** Units an interval can be multiplied by, and how many make up the part. */
export const intervalUnits: Readonly<Record<string, readonly [count: number, unit: string]>> = {
  millennium: [1000, "year"],
  century: [100, "year"],
  decade: [10, "year"],
  year: [1, "year"],
  quarter: [3, "month"],
  month: [1, "month"],
  week: [7, "day"],
  day: [1, "day"],
  hour: [1, "hour"],
  minute: [1, "minute"],
  second: [1, "second"],
  milliseconds: [1, "millisecond"],
  microseconds: [1, "microsecond"],
};
