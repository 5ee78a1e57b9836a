import { datePart, intervalUnits } from "../../dateparts";
import type { Expression } from "../../grammar/nodes";
import { DialectError } from "../../statements";
import { castTo, interval, template, text } from "../build";
import type { LoweredCall } from "../calls";
import type { Lowered } from "../scope";
import { typeOf } from "../types";
import type { Rule } from "./rules";

/** The part that stands first in a call; undefined where it is no name and no string. */
function writtenPart({ values }: LoweredCall): string | undefined {
  const first = values[0]?.node;
  if (first?.kind === "column" && first.parts.length === 1) return first.parts[0];
  return first?.kind === "string" ? first.text.slice(1, -1) : undefined;
}

function requiredPart(call: LoweredCall, name: string): string {
  if (call.values.length !== 3)
    throw new DialectError(`${name} takes a date part and two more arguments`, undefined, "42883", call.at);
  const written = writtenPart(call);
  const part = written && datePart(written);
  if (part && part in intervalUnits) return part;
  throw new DialectError(
    `${name} does not know the date part ${written ?? "of an expression"}`,
    "Use year, quarter, month, week, day, hour, minute, second, millisecond or microsecond.",
    "22023",
    call.at,
  );
}

/** A literal or parameter, whose type is open, is an instant here. */
function instant({ node, type }: Lowered): Expression {
  return type?.kind === "unknown" || node.kind === "parameter" ? castTo(node, "timestamp") : node;
}

/**
 * `DATEADD(part, n, instant)` as interval arithmetic in place: a function of ours would be called once a row.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_DATEADD_function.html
 */
function dateAdd(call: LoweredCall): Lowered {
  const { at, values } = call;
  const [count, unit] = intervalUnits[requiredPart(call, "DATEADD")]!;
  const [, amount, base] = values as [Lowered, Lowered, Lowered];
  const unitLength = interval(at, `${count} ${unit}`);
  const step: Expression = { kind: "binary", at, operator: "*", left: amount.node, right: unitLength };
  const zoned = base.type?.kind === "timestamptz" || base.type?.kind === "time" || base.type?.kind === "timetz";
  return {
    node: { kind: "binary", at, operator: "+", left: instant(base), right: step },
    type: zoned ? base.type : typeOf("timestamp"),
  };
}

const elapsed = (name: string, seconds: string) =>
  `extract(epoch from date_trunc('${name}', $2) - date_trunc('${name}', $1)) ${seconds}`;
const within = (perYear: number, name: string) =>
  `(date_part('year', $2) - date_part('year', $1)) * ${perYear} + date_part('${name}', $2) - date_part('${name}', $1)`;
const years = (step: number) => `floor(date_part('year', $2) / ${step}) - floor(date_part('year', $1) / ${step})`;
const sundayWeek = (instant: string) => `date_trunc('week', ${instant} + interval '1 day')::date`;

/** Boundaries of a part between two instants. */
const boundaries = new Map(
  Object.entries({
    millennium: years(1000),
    century: years(100),
    decade: years(10),
    year: "date_part('year', $2) - date_part('year', $1)",
    quarter: within(4, "quarter"),
    month: within(12, "month"),
    week: `(${sundayWeek("$2")} - ${sundayWeek("$1")}) / 7`,
    day: "$2::date - $1::date",
    hour: elapsed("hour", "/ 3600"),
    minute: elapsed("minute", "/ 60"),
    second: elapsed("second", "* 1"),
    milliseconds: elapsed("milliseconds", "* 1000"),
    microseconds: elapsed("microseconds", "* 1000000"),
  }).map(([part, expression]) => [part, template(`(${expression})::int8`)] as const),
);

/**
 * `DATEDIFF(part, from, to)`: the number of boundaries of the part that lie between the two, not the time elapsed.
 * Weeks begin on Sunday here. https://docs.aws.amazon.com/redshift/latest/dg/r_DATEDIFF_function.html
 */
function dateDiff(call: LoweredCall): Lowered {
  const between = boundaries.get(requiredPart(call, "DATEDIFF"))!;
  const [, from, to] = call.plain.values.map((value) => castTo(value, "timestamp"));
  return { node: between(call.at, from!, to!), type: typeOf("int8") };
}

/**
 * `DATE_PART(dayofweek, x)`, `DATE_TRUNC('qtr', x)`: the part may stand without quotes, and has more names.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_DATE_TRUNC.html
 */
function namedPart(call: LoweredCall): Lowered | undefined {
  const { at, name, plain, values } = call;
  const [, from] = values;
  const written = writtenPart(call);
  if (written === undefined || !from || values.length !== 2) return undefined;
  const part = text(at, datePart(written) ?? written);
  const whole = from.type?.kind === "date" ? { node: castTo(from.node, "timestamp"), type: typeOf("timestamp") } : from;
  const node = { ...plain, values: [part, name === "date_trunc" ? instant(whole) : instant(from)] };
  if (name === "date_part") return { node, type: typeOf("float8") };
  return { node, type: from.type?.kind === "timestamptz" ? from.type : typeOf("timestamp") };
}

const zoneToZone = template("($3::timestamp at time zone $1) at time zone $2");

/**
 * `CONVERT_TIMEZONE(['source',] 'target', instant)`; the source is UTC unless said.
 * https://docs.aws.amazon.com/redshift/latest/dg/CONVERT_TIMEZONE.html
 */
function convertTimezone({ at, plain: { values } }: LoweredCall): Lowered | undefined {
  if (values.length !== 2 && values.length !== 3) return undefined;
  const source = values.length === 3 ? values[0]! : text(at, "UTC");
  return { node: zoneToZone(at, source, values.at(-2)!, values.at(-1)!), type: typeOf("timestamp") };
}

export const dateRules: Readonly<Record<string, Rule>> = {
  dateadd: dateAdd,
  date_add: dateAdd,
  datediff: dateDiff,
  date_diff: dateDiff,
  date_part: namedPart,
  date_trunc: namedPart,
  convert_timezone: convertTimezone,
};
