import { DialectError, SyntaxFault } from "../statements";
import type { Cursor } from "./cursor";

/** How strongly operators bind, weakest first: the order of PostgreSQL's grammar. */
export const level = {
  or: 1,
  and: 2,
  not: 3,
  is: 4,
  comparison: 5,
  pattern: 6,
  other: 7,
  sum: 8,
  product: 9,
  power: 10,
  zone: 11,
  sign: 12,
  /** Nothing pulls it apart: a name, a literal, a parenthesis. */
  closed: 99,
} as const;

const operators: Readonly<Record<string, number>> = {
  "= <> != < > <= >=": level.comparison,
  "|| & | # << >> ~ !~": level.other,
  "+ -": level.sum,
  "* / %": level.product,
  "^": level.power,
};

/** Operators written in symbols. https://docs.aws.amazon.com/redshift/latest/dg/r_OPERATOR_SYMBOLS.html */
export const ordinaryOperators: ReadonlyMap<string, number> = new Map(
  Object.entries(operators).flatMap(([symbols, of]) => symbols.split(" ").map((symbol) => [symbol, of] as const)),
);

/** Comparisons that PostgreSQL 8.0 took for operators like any other. */
const lateComparisons = new Set(["<>", "<=", ">="]);

/**
 * Refuses what groups differently in PostgreSQL 8.0, of which Redshift is descended, and 9.5 and later: nobody has published
 * which of the two it follows. What never had a grouping (`a < b < c`) is a syntax error.
 * https://www.postgresql.org/docs/8.0/sql-syntax.html#SQL-PRECEDENCE
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE
 *
 * @param right level of the right operand, once it is read
 */
export function requireGrouping(cursor: Cursor, left: number, next: number, right?: number, operator = ""): void {
  const nonAssociative = next === level.is || next === level.comparison || next === level.pattern;
  if (nonAssociative && left === next) throw new SyntaxFault(cursor.token().text, cursor.place);
  const ambiguous =
    (next === level.is && left >= level.comparison && left <= level.other) ||
    (lateComparisons.has(operator) && (left === level.pattern || right === level.pattern || right === level.other));
  if (!ambiguous) return;
  throw new DialectError(
    "the order of these operators is not the same in all versions of PostgreSQL",
    "Put the operand that belongs together in parentheses.",
    "0A000",
    cursor.place,
  );
}
