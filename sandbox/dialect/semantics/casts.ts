import type { Expression, TypeName } from "../grammar/nodes";
import { DialectError } from "../statements";
import { builtIn, castTo } from "./build";
import type { Lowered } from "./scope";
import { lowerType } from "./type-names";
import { isInteger, isText, typeOf } from "./types";

/** https://docs.aws.amazon.com/redshift/latest/dg/r_CAST_function.html */
export function lowerCast(operand: Lowered, to: TypeName, lenient: boolean): Lowered {
  if (lenient)
    throw new DialectError("TRY_CAST is not supported here", "Use CASE to keep to what fits.", "0A000", to.at);
  const { node: type, type: target } = lowerType(to);
  if (target.kind === "super") return { node: asSuper(operand), type: target };
  const from = operand.type?.kind === "super" ? scalar(operand.node) : operand.node;
  if (target.kind === "varbyte" && isText(operand.type) && from.kind !== "constant")
    return {
      node: builtIn(from.at, "convert_to", [castTo(from, "text"), { kind: "string", at: from.at, text: "'UTF8'" }]),
      type: target,
    };
  return { node: { kind: "cast", at: operand.node.at, operand: from, type, lenient: false }, type: target };
}

/** The text of a scalar within SUPER, without the quotes of JSON. */
export function scalar(node: Expression): Expression {
  return builtIn(node.at, "rs_scalar", [node]);
}

function asSuper({ node, type }: Lowered): Expression {
  if (type?.kind === "super") return node;
  return builtIn(node.at, "to_jsonb", [type?.kind === "unknown" ? castTo(node, "text") : node]);
}

/** One side of a comparison, as the other can be compared with it. */
export function comparable(side: Lowered, other: Lowered): Expression {
  return other.type?.kind === "super" && side.type?.kind !== "super" ? asSuper(side) : side.node;
}

/** A value as a text, where its type is known to be none: numbers and dates become texts by themselves in Redshift. */
export function textual({ node, type }: Lowered): Expression {
  if (!type || isText(type) || type.kind === "varbyte") return node;
  return castTo(type.kind === "super" ? scalar(node) : node, "varchar");
}

/** A value as a condition: integers are conditions too. */
export function condition({ node, type }: Lowered): Expression {
  return isInteger(type) ? castTo(node, "bool") : node;
}

export const varchar = typeOf("varchar");
