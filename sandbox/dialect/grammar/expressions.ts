import type { Cursor } from "./cursor";
import type { BinaryOperator, Comparison, Expression, UnaryOperator } from "./nodes";
import { level, ordinaryOperators, requireGrouping } from "./precedence";
import { plainLiteral, primary } from "./primaries";
import { query, startsQuery } from "./queries";

/** An expression with the level of the operator that holds it together, `level.closed` for what nothing can pull apart. */
interface Operand {
  readonly node: Expression;
  readonly level: number;
}

/**
 * Reads an expression whose operators bind at least as strongly as `least`: precedence climbing.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE
 */
export function expression(cursor: Cursor, least = 0): Expression {
  // Most values of an INSERT are one token: what follows tells without more ado.
  const next = cursor.token(1).value;
  if (next === "," || next === ")") {
    const literal = plainLiteral(cursor);
    if (literal) return literal;
  }
  return cursor.nested(() => climb(cursor, least)).node;
}

function climb(cursor: Cursor, least: number): Operand {
  const at = cursor.place;
  let left = prefix(cursor);
  for (;;) {
    const next = operatorLevel(cursor);
    if (next === undefined || next < least) return left;
    const node = infix(cursor, at, left, next);
    if (node !== left.node) cursor.wrapped();
    left = { node, level: next };
  }
}

function operand(cursor: Cursor, least: number): Operand {
  return cursor.nested(() => climb(cursor, least));
}

function prefix(cursor: Cursor): Operand {
  const at = cursor.place;
  if (cursor.take("not"))
    return { node: { kind: "not", at, operand: expression(cursor, level.not) }, level: level.not };
  if (cursor.is("+", "-")) {
    const operator = cursor.advance().value as UnaryOperator;
    return { node: { kind: "unary", at, operator, operand: expression(cursor, level.sign) }, level: level.sign };
  }
  if (cursor.is("~", "@", "|/", "||/")) {
    const operator = cursor.advance().value as UnaryOperator;
    return { node: { kind: "unary", at, operator, operand: expression(cursor, level.other + 1) }, level: level.other };
  }
  if (cursor.take("prior")) {
    return { node: { kind: "prior", at, operand: expression(cursor, level.sign) }, level: level.closed };
  }
  return { node: primary(cursor), level: level.closed };
}

/** The level of the operator that comes next, undefined where none does. */
function operatorLevel(cursor: Cursor): number | undefined {
  const token = cursor.token();
  if (token.kind === "symbol") {
    const known = ordinaryOperators.get(token.value);
    if (known !== undefined) return known;
    if (/^[-+*/<>=~!@#%^&|`?]+$/.test(token.value)) cursor.refuse(`operator ${token.value}`);
    return undefined;
  }
  if (token.kind !== "word") return undefined;
  switch (token.value) {
    case "or":
      return level.or;
    case "and":
      return level.and;
    case "is":
    case "isnull":
    case "notnull":
      return level.is;
    case "in":
    case "between":
    case "like":
    case "ilike":
    case "similar":
      return level.pattern;
    case "not":
      return /^(in|between|i?like|similar)$/.test(cursor.value(1)) ? level.pattern : undefined;
    case "at":
      return cursor.value(1) === "time" ? level.zone : undefined;
    case "overlaps":
      return cursor.refuse("OVERLAPS", "Compare the ends of the periods.");
    case "collate":
      return cursor.refuse("the COLLATE clause", "Use the function COLLATE(text, 'case_insensitive').");
    case "operator":
      return cursor.value(1) === "(" ? cursor.refuse("OPERATOR()", "Write the operator itself.") : undefined;
    default:
      return undefined;
  }
}

function infix(cursor: Cursor, at: number, left: Operand, next: number): Expression {
  requireGrouping(cursor, left.level, next);
  const node = left.node;
  const negated = cursor.take("not");
  const word = cursor.advance().value;
  switch (word) {
    case "or":
    case "and":
      return logical(at, word, left, expression(cursor, next + 1));
    case "isnull":
    case "notnull":
      return { kind: "is", at, operand: node, negated: word === "notnull", what: "null" };
    case "is":
      return isTest(cursor, at, node);
    case "in":
      return { kind: "in", at, operand: node, negated, among: inParenthesis(cursor) };
    case "between":
      return between(cursor, at, node, negated);
    case "like":
    case "ilike":
    case "similar":
      return like(cursor, at, node, negated, word);
    case "at":
      cursor.expect("time", "zone");
      return { kind: "at-time-zone", at, operand: node, zone: expression(cursor, next + 1) };
    default:
      return binary(cursor, at, left, (word === "!=" ? "<>" : word) as BinaryOperator, next);
  }
}

/** `a and b and c` is one node; operands in parentheses stay by themselves. */
function logical(at: number, operator: "and" | "or", left: Operand, right: Expression): Expression {
  const { node } = left;
  const goesOn = node.kind === "logical" && node.operator === operator && left.level !== level.closed;
  if (!goesOn) return { kind: "logical", at, operator, operands: [node, right] };
  // Grown in place: copying it at each operand would take quadratic time.
  (node.operands as Expression[]).push(right);
  return node;
}

function binary(cursor: Cursor, at: number, left: Operand, operator: BinaryOperator, next: number): Expression {
  if (next === level.comparison && /^(any|all|some)$/.test(cursor.value()) && cursor.value(1) === "(") {
    const quantifier = cursor.advance().value === "all" ? "all" : "any";
    if (!startsQuery(cursor)) cursor.refuse("a comparison with the elements of an array", "Use IN.");
    const inner = cursor.inParentheses(() => query(cursor));
    return { kind: "quantified", at, operator: operator as Comparison, quantifier, left: left.node, query: inner };
  }
  const right = operand(cursor, next + 1);
  requireGrouping(cursor, left.level, next, right.level, operator);
  return { kind: "binary", at, operator, left: left.node, right: right.node };
}

function isTest(cursor: Cursor, at: number, node: Expression): Expression {
  const negated = cursor.take("not");
  if (cursor.take("distinct", "from"))
    return { kind: "distinct-from", at, negated, left: node, right: expression(cursor, level.is + 1) };
  const { value } = cursor.token();
  if (value !== "null" && value !== "true" && value !== "false" && value !== "unknown") cursor.fail();
  cursor.advance();
  return { kind: "is", at, operand: node, negated, what: value };
}

function inParenthesis(cursor: Cursor) {
  if (startsQuery(cursor)) return cursor.inParentheses(() => query(cursor));
  return cursor.inParentheses(() => cursor.list(() => expression(cursor)));
}

function between(cursor: Cursor, at: number, node: Expression, negated: boolean): Expression {
  if (cursor.is("symmetric")) cursor.refuse("BETWEEN SYMMETRIC", "Write the lower bound first.");
  cursor.take("asymmetric");
  const low = expression(cursor, level.pattern + 1);
  cursor.expect("and");
  return { kind: "between", at, operand: node, negated, low, high: expression(cursor, level.pattern + 1) };
}

function like(cursor: Cursor, at: number, node: Expression, negated: boolean, word: string): Expression {
  if (word === "similar") cursor.expect("to");
  const right = expression(cursor, level.pattern + 1);
  const escaping = cursor.take("escape") ? expression(cursor, level.pattern + 1) : undefined;
  const operator = word === "similar" ? "similar to" : word === "ilike" ? "ilike" : "like";
  return { kind: "like", at, operator, negated, left: node, right, escape: escaping };
}
