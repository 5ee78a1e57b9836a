import { approximate, listAgg, percentile, ratioToReport } from "./aggregates";
import { Call } from "./call";
import { convertTimezone, dateAdd, dateDiff, extract, namedPart } from "./dates";
import type { Draft } from "./draft";
import { typeName } from "./types";

type Rule = (call: Call) => void;

/** Functions whose calls are written anew; those that only lack are defined by the compatibility layer. */
const rules: Readonly<Record<string, Rule>> = {
  convert,
  convert_timezone: convertTimezone,
  count: approximate,
  date_add: dateAdd,
  date_diff: dateDiff,
  date_part: namedPart,
  date_trunc: namedPart,
  dateadd: dateAdd,
  datediff: dateDiff,
  decode,
  extract,
  isnull: coalesce,
  json_serialize: jsonSerialize,
  listagg: listAgg,
  nvl: coalesce,
  nvl2,
  percentile_cont: percentile,
  percentile_disc: (call) => {
    approximate(call);
    percentile(call);
  },
  ratio_to_report: ratioToReport,
  regexp_replace: regexpReplace,
};

/** Words that are functions without parentheses in Redshift. */
const bare: Readonly<Record<string, string>> = {
  sysdate: "pg_catalog.sysdate()",
  current_namespace: "pg_catalog.current_namespace()",
  current_aws_account: "pg_catalog.current_aws_account()",
  current_user_id: "pg_catalog.current_user_id()",
};

/** Rewrites the function call at a word, whose arguments are finished. */
export function rewriteFunction(draft: Draft, at: number): void {
  const name = draft.value(at);
  if (draft.is(at + 1, "(")) {
    if (Object.hasOwn(rules, name) && isBuiltIn(draft, at)) rules[name]!(new Call(draft, at));
  } else if (Object.hasOwn(bare, name) && isExpression(draft, at)) draft.replaceOne(at, bare[name]!);
}

/** Not the name in `schema.nvl(…)`, `create function nvl(…)` and the like. */
function isBuiltIn(draft: Draft, at: number): boolean {
  return !draft.isColumnPart(at) && !draft.is(at - 1, "function", "procedure", "table", "into", "exists");
}

/** A word that stands for a value, not a name someone gave. */
function isExpression(draft: Draft, at: number): boolean {
  return (
    !draft.is(at - 1, ".", "as") &&
    !draft.is(at + 1, ".") &&
    !draft.is(at - 1, "table", "into", "from", "join", "update")
  );
}

function coalesce(call: Call): void {
  call.draft.replaceOne(call.at, "coalesce");
}

function nvl2(call: Call): void {
  if (call.count !== 3) return;
  const [value, present, absent] = [0, 1, 2].map((index) => call.argument(index));
  call.become(`(case when (${value}) is not null then ${present} else ${absent} end)`, "case");
}

/**
 * `DECODE(x, search, result, …[, default])`: nulls match each other.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_DECODE_expression.html
 */
function decode(call: Call): void {
  // With two arguments it is the decoding of binary text.
  if (call.count < 3) return;
  const value = call.argument(0);
  const cases: string[] = [];
  let index = 1;
  for (; index + 1 < call.count; index += 2) {
    const operator = call.isLiteral(index) ? "=" : "is not distinct from";
    cases.push(`when (${value}) ${operator} ${call.argument(index)} then ${call.argument(index + 1)}`);
  }
  const otherwise = index < call.count ? ` else ${call.argument(index)}` : "";
  call.become(`(case ${cases.join(" ")}${otherwise} end)`, "case");
}

/** `CONVERT(type, x)` → CAST; PostgreSQL's own, of three arguments, changes encodings. */
function convert(call: Call): void {
  if (call.count !== 2) return;
  const [type] = call.ranges;
  call.become(`cast(${call.argument(1)} as ${typeName(call.draft, type!) ?? call.argument(0)})`);
}

/** PostgreSQL has a grammar of its own for this name, so that no function can be called by it. */
function jsonSerialize(call: Call): void {
  if (call.count === 1) call.become(`(${call.argument(0)})::text`, "json_serialize");
}

/** Redshift replaces every match, from a position on; PostgreSQL the first one. */
function regexpReplace(call: Call): void {
  if (call.count < 2 || call.count > 4) return;
  const [source, pattern] = [call.argument(0), call.argument(1)];
  const replacement = call.count > 2 ? call.argument(2) : "''";
  const position = call.count > 3 ? call.argument(3) : "1";
  call.become(`regexp_replace(${source}, ${pattern}, ${replacement}, ${position}, 0)`, "regexp_replace");
}
