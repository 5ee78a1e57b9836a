import type { Expression } from "../../grammar/nodes";
import { writeExpression } from "../../postgres/expressions";
import { Writer } from "../../postgres/writer";
import { DialectError } from "../../statements";
import { builtIn, castTo, template } from "../build";
import type { LoweredCall } from "../calls";
import type { Lowered } from "../scope";
import { isFloat, isInteger, numeric, typeOf } from "../types";
import type { Rule } from "./rules";

const truncated = template("cast(trunc($1) as int8)");
const truncatedTo = template("trunc($1, $2)");

/**
 * Integers give a BIGINT, decimals their own scale. Where the type is not known here, PostgreSQL finds it: `rs_average` is
 * there for each, and takes the scale off the greatest value, which has that of its column.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_AVG.html
 */
function average({ at, plain, values }: LoweredCall): Lowered | undefined {
  const [value] = values;
  if (!value || values.length > 1) return undefined;
  const { type } = value;
  if (isInteger(type)) return { node: truncated(at, plain), type: typeOf("int8") };
  if (isFloat(type)) return { node: plain, type: typeOf("float8") };
  if (type?.kind === "numeric" && type.scale !== undefined) {
    const scale: Expression = { kind: "number", at, text: String(type.scale) };
    return { node: truncatedTo(at, plain, scale), type: numeric(38, type.scale) };
  }
  return { node: builtIn(at, "rs_average", [plain, { ...plain, name: ["max"], distinct: false }]) };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_SUM.html */
function sum({ plain, values }: LoweredCall): Lowered {
  const type = values[0]?.type;
  switch (type?.kind) {
    case "int2":
    case "int4":
      return { node: plain, type: typeOf("int8") };
    case "int8":
      return { node: plain, type: numeric(38, 0) };
    case "numeric":
      return { node: plain, type: type.scale === undefined ? type : numeric(38, type.scale) };
    default:
      return { node: plain, type };
  }
}

/** APPROXIMATE: the exact answer is a good approximation. */
function count({ plain }: LoweredCall): Lowered {
  return { node: plain, type: typeOf("int8") };
}

/**
 * `LISTAGG([DISTINCT] x [, delimiter]) [WITHIN GROUP (ORDER BY …)] [OVER …]`
 * https://docs.aws.amazon.com/redshift/latest/dg/r_LISTAGG.html
 */
function listAgg({ at, plain, values, withinGroup = [], over }: LoweredCall): Lowered | undefined {
  const [value, delimiter] = values;
  if (!value || values.length > 2) return undefined;
  if (over && withinGroup.length > 0)
    throw new DialectError(
      "LISTAGG with both an order and a window is not supported here",
      "Aggregate in a query of its own.",
      "0A000",
      at,
    );
  const listed = castTo(value.node, "text");
  // PostgreSQL sorts DISTINCT values by themselves, and only when the expressions are the same.
  const orderBy = withinGroup.map((sort) =>
    plain.distinct && written(sort.value) === written(value.node) ? { ...sort, value: listed } : sort,
  );
  const separator: Expression = delimiter?.node ?? { kind: "string", at, text: "''" };
  const node = builtIn(at, "string_agg", [listed, separator], { distinct: plain.distinct, orderBy, over });
  return { node, type: typeOf("varchar") };
}

/** Our own bound: who sorts by so long an expression gives it a name. */
const longestCompared = 65_536;

function written(node: Expression): string {
  const to = new Writer(longestCompared);
  writeExpression(to, node);
  return to.toString();
}

const reversed = template("1 - $1");

/** `PERCENTILE_CONT(p) WITHIN GROUP (ORDER BY x) OVER (…)`: PostgreSQL's own is no window function, ours is. */
function percentile({ at, name, plain, withinGroup, over }: LoweredCall): Lowered {
  const type = typeOf("float8");
  const [sort] = withinGroup ?? [];
  const [fraction] = plain.values;
  if (!over || !sort || !fraction) return { node: plain, type };
  const place = sort.direction === "desc" ? reversed(at, fraction) : fraction;
  return { node: builtIn(at, `rs_${name}`, [sort.value, place], { over }), type };
}

const share = template("$1 * 1.0 / nullif($2, 0)");

/** A value over the sum of its window. https://docs.aws.amazon.com/redshift/latest/dg/r_WF_RATIO_TO_REPORT.html */
function ratioToReport({ at, plain, values, over }: LoweredCall): Lowered | undefined {
  const [value] = values;
  if (!value || !over) return undefined;
  return { node: share(at, value.node, { ...plain, name: ["sum"] }) };
}

export const aggregateRules: Readonly<Record<string, Rule>> = {
  avg: average,
  sum,
  count,
  listagg: listAgg,
  percentile_cont: percentile,
  percentile_disc: percentile,
  ratio_to_report: ratioToReport,
};
