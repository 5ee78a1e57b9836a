import type { Binary, Expression } from "../grammar/nodes";
import { DialectError } from "../statements";
import { boolean, castTo, interval, template } from "./build";
import { comparable, varchar } from "./casts";
import type { Lowered } from "./scope";
import { arithmetic, isInteger, isText, type Type, typeOf } from "./types";

const comparisons = new Set(["=", "<>", "<", ">", "<=", ">="]);

/** A binary operator over what stands on its sides. */
export function lowerBinary({ at, operator }: Binary, left: Lowered, right: Lowered): Lowered {
  const plain: Expression = { kind: "binary", at, operator, left: left.node, right: right.node };
  if (comparisons.has(operator)) {
    return { node: { ...plain, left: comparable(left, right), right: comparable(right, left) }, type: boolean };
  }
  switch (operator) {
    case "~":
    case "!~":
      return { node: plain, type: boolean };
    case "||":
      return { node: plain, type: left.type?.kind === "super" || left.type?.kind === "varbyte" ? left.type : varchar };
    case "^":
      return { node: castTo(plain, "float8"), type: typeOf("float8") };
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return calculation(plain, left, right);
    default:
      return { node: plain, type: left.type?.kind === "unknown" ? right.type : left.type };
  }
}

const instants = new Set(["date", "timestamp", "timestamptz", "time", "timetz", "interval"]);

function calculation(plain: Binary, left: Lowered, right: Lowered): Lowered {
  const { at, operator } = plain;
  if (!left.type || !right.type) return { node: plain };
  if (operator === "+" && isText(left.type) && isText(right.type))
    return { node: { ...plain, operator: "||", left: asText(left), right: right.node }, type: varchar };
  if (left.type.kind === "super" || right.type.kind === "super")
    throw new DialectError(
      "arithmetic over SUPER is not supported here",
      "Cast the value to a number first.",
      "0A000",
      at,
    );
  if (instants.has(left.type.kind) || instants.has(right.type.kind)) return withInstant(plain, left, right);
  const a = left.type.kind === "unknown" ? right.type : left.type;
  const b = right.type.kind === "unknown" ? left.type : right.type;
  const type = arithmetic(operator, a, b);
  if (operator === "/" && type?.kind === "numeric") return { node: division(at, left.node, right.node, type), type };
  return { node: plain, type };
}

/** `'a' + 'b'`: of two literals PostgreSQL would not know what they are. */
function asText({ node, type }: Lowered): Expression {
  return type?.kind === "unknown" ? castTo(node, "varchar") : node;
}

const quotient = template("trunc(round($1::numeric, $3) / $2, $4)");

/** PostgreSQL gives as many digits as it needs, Redshift the scale of its formula. */
function division(at: number, left: Expression, right: Expression, { precision = 38, scale = 0 }: Type): Expression {
  const digits = (count: number): Expression => ({ kind: "number", at, text: String(count) });
  return castTo(quotient(at, left, right, digits(scale + 1), digits(scale)), "numeric", [precision, scale]);
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_Date_functions_header.html, "Date and time data types in operations" */
function withInstant(plain: Binary, left: Lowered, right: Lowered): Lowered {
  const { at, operator } = plain;
  const [a, b] = [left.type!.kind, right.type!.kind];
  if ((a === "timestamp" || a === "timestamptz") && isInteger(right.type)) {
    const days: Expression = { kind: "binary", at, operator: "*", left: right.node, right: interval(at, "1 day") };
    return { node: { ...plain, right: days }, type: left.type };
  }
  if (operator === "-" && a === "date" && b === "date") return { node: plain, type: typeOf("int4") };
  if (a === "date" && isInteger(right.type))
    return { node: { ...plain, right: castTo(right.node, "int4") }, type: left.type };
  if (operator === "-" && a === b) return { node: plain, type: typeOf("interval") };
  if (a === "unknown" || b === "unknown") return { node: plain };
  if ((a === "date" && b === "interval") || (a === "interval" && b === "date"))
    return { node: plain, type: typeOf("timestamp") };
  if (instants.has(a) && a !== "interval") return { node: plain, type: left.type };
  if (instants.has(b) && b !== "interval") return { node: plain, type: right.type };
  return { node: plain, type: typeOf("interval") };
}
