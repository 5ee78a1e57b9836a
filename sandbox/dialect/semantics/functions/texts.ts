import type { Expression } from "../../grammar/nodes";
import { DialectError } from "../../statements";
import { builtIn, castTo, template } from "../build";
import type { LoweredCall } from "../calls";
import { textual, varchar } from "../casts";
import type { Lowered } from "../scope";
import { isInteger, numeric, type TypeKind, typeOf } from "../types";
import type { Rule } from "./rules";

/** Null where either is. https://docs.aws.amazon.com/redshift/latest/dg/r_CONCAT.html */
function concat({ at, values }: LoweredCall): Lowered {
  const [left, right] = values;
  if (!left || !right || values.length > 2)
    throw new DialectError("CONCAT takes two values", "Use || for more.", "42883", at);
  const text = (side: Lowered) => castTo(textual(side), "varchar");
  return { node: { kind: "binary", at, operator: "||", left: text(left), right: text(right) }, type: varchar };
}

/** Redshift replaces every match, from a position on; PostgreSQL the first one. */
function regexpReplace({ at, plain }: LoweredCall): Lowered | undefined {
  const { values } = plain;
  if (values.length < 2 || values.length > 4) return undefined;
  const [source, pattern, replacement = { kind: "string", at, text: "''" }, position = number(at, 1)] =
    values as readonly [Expression, Expression, ...Expression[]];
  return { node: { ...plain, values: [source, pattern, replacement, position, number(at, 0)] }, type: varchar };
}

function number(at: number, value: number): Expression {
  return { kind: "number", at, text: String(value) };
}

/** PostgreSQL has a grammar of its own for this name, so that no function can be called by it. */
function jsonSerialize({ plain: { values } }: LoweredCall): Lowered | undefined {
  return values.length === 1 ? { node: castTo(values[0]!, "text"), type: varchar } : undefined;
}

const nullIfInvalid = template("case when pg_catalog.can_json_parse($1) then $2 end");

/**
 * The last value may be `null_if_invalid`.
 * https://docs.aws.amazon.com/redshift/latest/dg/JSON_EXTRACT_PATH_TEXT.html
 */
function jsonText({ at, plain }: LoweredCall): Lowered | undefined {
  const last = plain.values.at(-1);
  if (last?.kind !== "constant" || last.value === "null" || plain.values.length < 3) return undefined;
  const call = { ...plain, values: plain.values.slice(0, -1) };
  const node = last.value === "true" ? nullIfInvalid(at, plain.values[0]!, call) : call;
  return { node, type: varchar };
}

/** SUPER values from what they hold. */
function construct(name: string): Rule {
  return ({ at, plain: { values } }) => ({ node: builtIn(at, name, values), type: typeOf("super") });
}

/** Functions of texts take numbers and dates too. */
function ofText(type: TypeKind): Rule {
  return ({ plain, values: [first, ...rest] }) =>
    first && { node: { ...plain, values: [textual(first), ...rest.map((value) => value.node)] }, type: typeOf(type) };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_ROUND.html */
function rounded({ plain, values: [value, places] }: LoweredCall): Lowered | undefined {
  if (!value?.type) return undefined;
  const scale = places?.node.kind === "number" ? Number(places.node.text) : 0;
  const { kind } = value.type;
  if (kind === "timestamp" || kind === "timestamptz" || kind === "date")
    return { node: castTo(value.node, "date"), type: typeOf("date") };
  if (kind === "numeric") return { node: plain, type: numeric(value.type.precision ?? 38, scale) };
  return { node: plain, type: isInteger(value.type) ? value.type : typeOf("float8") };
}

export const textRules: Readonly<Record<string, Rule>> = {
  concat,
  regexp_replace: regexpReplace,
  json_serialize: jsonSerialize,
  json_extract_path_text: jsonText,
  json_extract_array_element_text: jsonText,
  array: construct("jsonb_build_array"),
  object: construct("jsonb_build_object"),
  len: ofText("int4"),
  length: ofText("int4"),
  left: ofText("varchar"),
  right: ofText("varchar"),
  upper: ofText("varchar"),
  lower: ofText("varchar"),
  substr: ofText("varchar"),
  lpad: ofText("varchar"),
  rpad: ofText("varchar"),
  round: rounded,
  trunc: rounded,
};
