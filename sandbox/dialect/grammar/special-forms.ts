import { call } from "./calls";
import type { Cursor } from "./cursor";
import { expression } from "./expressions";
import type { Expression, Worded } from "./nodes";
import { level } from "./precedence";
import { query, startsQuery } from "./queries";
import { typeName } from "./types";

/** Expressions with a grammar of their own, by the word that they begin with; undefined for all others. */
export function specialForm(cursor: Cursor): Expression | undefined {
  const { at, value } = cursor.token();
  if (value === "case") return caseOf(cursor);
  if (value === "array" && cursor.value(1) === "[")
    return cursor.refuse("an array constructor", "Use ARRAY(…), which makes a SUPER value.");
  if (value === "approximate" && /^(count|percentile_disc)$/.test(cursor.value(1))) {
    cursor.advance();
    return { ...call(cursor, at, [cursor.label()]), approximate: true };
  }
  if (cursor.value(1) !== "(") return undefined;
  switch (value) {
    case "cast":
    case "try_cast":
      return castAs(cursor, at, value === "try_cast");
    case "convert":
      return convert(cursor, at);
    case "exists":
      cursor.advance();
      if (!startsQuery(cursor)) cursor.fail();
      return { kind: "exists", at, query: cursor.inParentheses(() => query(cursor)) };
    case "extract":
      return extract(cursor, at);
    case "substring":
    case "position":
    case "trim":
      return worded(cursor, at, value);
    case "overlay":
      return cursor.refuse("OVERLAY", "Use SUBSTRING and ||.");
    case "row":
      return cursor.refuse("ROW()", "Write the values in parentheses.");
    case "object_transform":
      return cursor.refuse("OBJECT_TRANSFORM");
    case "array":
      if (/^(select|with)$/.test(cursor.value(2))) return cursor.refuse("ARRAY over a query", "Use LISTAGG.");
      return undefined;
    default:
      return undefined;
  }
}

function caseOf(cursor: Cursor): Expression {
  const at = cursor.place;
  cursor.expect("case");
  const operand = cursor.is("when") ? undefined : expression(cursor);
  const branches: { when: Expression; result: Expression }[] = [];
  while (cursor.take("when")) {
    const when = expression(cursor);
    cursor.expect("then");
    branches.push({ when, result: expression(cursor) });
  }
  if (branches.length === 0) cursor.fail();
  const otherwise = cursor.take("else") ? expression(cursor) : undefined;
  cursor.expect("end");
  return { kind: "case", at, operand, branches, otherwise };
}

function castAs(cursor: Cursor, at: number, lenient: boolean): Expression {
  cursor.advance();
  return cursor.inParentheses(() => {
    const operand = expression(cursor);
    cursor.expect("as");
    return { kind: "cast", at, operand, type: typeName(cursor), lenient };
  });
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_CONVERT_function.html */
function convert(cursor: Cursor, at: number): Expression {
  cursor.advance();
  return cursor.inParentheses(() => {
    const type = typeName(cursor);
    cursor.expect(",");
    return { kind: "cast", at, operand: expression(cursor), type, lenient: false };
  });
}

function extract(cursor: Cursor, at: number): Expression {
  cursor.advance();
  return cursor.inParentheses(() => {
    const { kind, text } = cursor.token();
    const part = kind === "string" ? text.slice(1, -1) : cursor.token().value;
    if (kind !== "string" && !cursor.isName()) cursor.fail();
    cursor.advance();
    cursor.expect("from");
    return { kind: "extract", at, part: part.toLowerCase(), from: expression(cursor) };
  });
}

const separators = { substring: ["from", "for", ","], position: ["in"], trim: ["from", ","] };

function worded(cursor: Cursor, at: number, name: Worded["name"]): Expression {
  cursor.advance();
  return cursor.inParentheses(() => {
    const side = name === "trim" && cursor.is("both", "leading", "trailing") ? cursor.advance().value : undefined;
    const words: string[] = [];
    const values: Expression[] = [];
    if (name === "trim" && cursor.take("from")) words.push("from");
    // In `position(a in b)` the word is no operator.
    values.push(expression(cursor, name === "position" ? level.other : 0));
    while (cursor.is(...separators[name])) {
      words.push(cursor.advance().value);
      values.push(expression(cursor));
    }
    return { kind: "worded", at, name, side: side as Worded["side"], values, words };
  });
}
