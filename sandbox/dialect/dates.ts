import type { Call } from "./call";
import { datePart, intervalUnits } from "./dateparts";
import { DialectError } from "./statements";

/**
 * `DATEADD(part, n, instant)` as interval arithmetic in place: a function of ours would be called once a row.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_DATEADD_function.html
 */
export function dateAdd(call: Call): void {
  const part = partOf(call, "DATEADD");
  const [count, unit] = intervalUnits[part] ?? unknownPart(part, "DATEADD");
  const amount = call.argument(1);
  const step = /^[-+]?\d+$/.test(amount)
    ? `interval '${Number(amount) * count} ${unit}'`
    : `(${amount}) * interval '${count} ${unit}'`;
  call.become(`(${call.operand(2, "timestamp")} + ${step})`, "date_add");
}

/**
 * `DATEDIFF(part, from, to)`: the number of boundaries of the part that lie between the two, not the time elapsed.
 * Weeks begin on Sunday here. https://docs.aws.amazon.com/redshift/latest/dg/r_DATEDIFF_function.html
 */
export function dateDiff(call: Call): void {
  const part = partOf(call, "DATEDIFF");
  const from = `(${call.argument(1)})::timestamp`;
  const to = `(${call.argument(2)})::timestamp`;
  call.become(`(${boundaries(part, from, to)})::bigint`, "date_diff");
}

function boundaries(part: string, from: string, to: string): string {
  const years = (step: number) => {
    const year = (instant: string) =>
      step === 1 ? `date_part('year', ${instant})` : `floor(date_part('year', ${instant}) / ${step})`;
    return `${year(to)} - ${year(from)}`;
  };
  const within = (perYear: number, name: string) =>
    `(date_part('year', ${to}) - date_part('year', ${from})) * ${perYear} + date_part('${name}', ${to}) - date_part('${name}', ${from})`;
  const elapsed = (name: string, secondsEach: string) =>
    `extract(epoch from date_trunc('${name}', ${to}) - date_trunc('${name}', ${from})) ${secondsEach}`;
  const sundayWeek = (instant: string) => `date_trunc('week', ${instant} + interval '1 day')::date`;
  switch (part) {
    case "millennium":
      return years(1000);
    case "century":
      return years(100);
    case "decade":
      return years(10);
    case "year":
      return years(1);
    case "quarter":
      return within(4, "quarter");
    case "month":
      return within(12, "month");
    case "week":
      return `(${sundayWeek(to)} - ${sundayWeek(from)}) / 7`;
    case "day":
      return `${to}::date - ${from}::date`;
    case "hour":
      return elapsed("hour", "/ 3600");
    case "minute":
      return elapsed("minute", "/ 60");
    case "second":
      return elapsed("second", "");
    case "milliseconds":
      return elapsed("milliseconds", "* 1000");
    case "microseconds":
      return elapsed("microseconds", "* 1000000");
    default:
      return unknownPart(part, "DATEDIFF");
  }
}

/** `DATE_PART(dayofweek, x)`, `DATE_TRUNC('qtr', x)`: the part may stand without quotes, and has more names. */
export function namedPart(call: Call): void {
  const written = call.bareArgument(0);
  const part = written === undefined ? undefined : datePart(written);
  if (part === undefined || call.draft.text(call.ranges[0]!) === `'${part}'`) return;
  call.draft.replaceOne(call.ranges[0]!.from, `'${part}'`);
}

/** `EXTRACT(weekday FROM x)` */
export function extract(call: Call): void {
  const at = call.open + 1;
  const part = datePart(call.draft.value(at));
  if (part && call.draft.is(at + 1, "from") && part !== call.draft.value(at)) call.draft.replaceOne(at, part);
}

/** `CONVERT_TIMEZONE(['source',] 'target', instant)`; the source is UTC unless said. */
export function convertTimezone(call: Call): void {
  if (call.count < 2) return;
  const source = call.count === 3 ? call.argument(0) : "'UTC'";
  const target = call.argument(call.count - 2);
  const instant = `(${call.argument(call.count - 1)})::timestamp`;
  call.become(`(${instant} at time zone ${source} at time zone ${target})`, "convert_timezone");
}

function partOf(call: Call, name: string): string {
  if (call.count !== 3) throw new DialectError(`${name} takes a date part and two more arguments`, undefined, "42883");
  const written = call.bareArgument(0);
  return (written && datePart(written)) || unknownPart(call.argument(0), name);
}

function unknownPart(part: string, name: string): never {
  throw new DialectError(
    `${name} does not know the date part ${part}`,
    "Use year, quarter, month, week, day, hour, minute, second, millisecond or microsecond.",
    "22023",
  );
}
