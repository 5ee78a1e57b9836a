import { call } from "./calls";
import type { Cursor } from "./cursor";
import { expression } from "./expressions";
import { bareFunctions, reserved, reservedFunctions } from "./keywords";
import type { Expression } from "./nodes";
import { query, startsQuery } from "./queries";
import { specialForm } from "./special-forms";
import { intervalQualifier, typeName } from "./types";

/** What operators join: a literal, a name, a call, a parenthesis, with the casts and paths behind it. */
export function primary(cursor: Cursor): Expression {
  return cursor.nested(() => postfix(cursor, atom(cursor)));
}

/** `::type`, `[index]`, `.field` and `(+)` behind an expression. */
function postfix(cursor: Cursor, first: Expression): Expression {
  let node = first;
  for (;;) {
    const { at } = node;
    if (cursor.take("::")) node = { kind: "cast", at, operand: node, type: typeName(cursor), lenient: false };
    else if (cursor.reads("(", "+", ")")) {
      cursor.take("(", "+", ")");
      node = { kind: "outer-mark", at, operand: node };
    } else {
      const path = pathStep(cursor, node);
      if (!path) return node;
      node = path;
    }
    cursor.wrapped();
  }
}

/** `[index]` or `.field`; undefined where neither follows. */
export function pathStep(cursor: Cursor, of: Expression): Expression | undefined {
  const { at } = of;
  if (cursor.take("[")) {
    const index = expression(cursor);
    if (cursor.is(":")) cursor.refuse("a slice of an array", "Use SUBARRAY.");
    cursor.expect("]");
    return { kind: "index", at, of, index };
  }
  if (cursor.value() !== ".") return undefined;
  if (cursor.value(1) === "*") cursor.refuse("the fields of a row");
  if (!cursor.isName(1)) return undefined;
  cursor.advance();
  return { kind: "field", at, of, name: cursor.label() };
}

/** A number, or a string in plain quotes, that is one token; undefined for all else. */
export function plainLiteral(cursor: Cursor): Expression | undefined {
  const { kind, text, at } = cursor.token();
  const plain =
    kind === "number" || (kind === "string" && text.length > 1 && text.startsWith("'") && text.endsWith("'"));
  if (!plain) return undefined;
  cursor.advance();
  return { kind, at, text };
}

function atom(cursor: Cursor): Expression {
  const { kind, text, at } = cursor.token();
  switch (kind) {
    case "string":
      return { kind: "string", at, text: stringText(cursor) };
    case "number":
      cursor.advance();
      return { kind: "number", at, text };
    case "parameter":
      cursor.advance();
      return { kind: "parameter", at, number: Number(text.slice(1)) };
    case "symbol":
      return symbolAtom(cursor);
    case "quoted":
      return named(cursor);
    case "word":
      return wordAtom(cursor);
    case "trailer":
      return cursor.fail();
  }
}

/** A string goes on in the next one, when that stands on another line. */
export function stringText(cursor: Cursor): string {
  const { text } = cursor.token();
  if (/^[bx]'/i.test(text)) cursor.refuse("a bit string");
  if (!/'.*'$|^\$.*\$$/s.test(text)) cursor.fail();
  cursor.advance();
  let whole = text;
  while (cursor.token().kind === "string" && cursor.token().onNewLine) whole += `\n${cursor.advance().text}`;
  return whole;
}

function symbolAtom(cursor: Cursor): Expression {
  const at = cursor.place;
  if (cursor.is(".") && cursor.token(1).kind === "number") {
    cursor.advance();
    return { kind: "number", at, text: `.${cursor.advance().text}` };
  }
  if (!cursor.is("(")) cursor.fail();
  if (startsQuery(cursor)) return { kind: "scalar-query", at, query: cursor.inParentheses(() => query(cursor)) };
  const values = cursor.inParentheses(() => cursor.list(() => expression(cursor)));
  return values.length === 1 ? values[0]! : { kind: "row", at, values };
}

function wordAtom(cursor: Cursor): Expression {
  const { value, at } = cursor.token();
  if (value === "null" || value === "true" || value === "false") {
    cursor.advance();
    return { kind: "constant", at, value };
  }
  const special = specialForm(cursor);
  if (special) return special;
  if (bareFunctions.has(value) && !/^[.(]$/.test(cursor.value(1))) {
    cursor.advance();
    return { kind: "bare-function", at, name: value };
  }
  return typedLiteral(cursor) ?? named(cursor);
}

/** `date '…'`, `timestamp with time zone '…'`, `interval '…' day`: a type, then a string. */
function typedLiteral(cursor: Cursor): Expression | undefined {
  const at = cursor.place;
  const zoned = cursor.is("time", "timestamp") && /^with(out)?$/.test(cursor.value(1)) ? 4 : 1;
  if (cursor.token(zoned).kind !== "string") return undefined;
  if (reserved.has(cursor.value())) return undefined;
  const type = typeName(cursor);
  const text = stringText(cursor);
  const qualifier = type.name[0] === "interval" ? intervalQualifier(cursor) : undefined;
  return { kind: "typed-literal", at, type: { ...type, qualifier }, text };
}

/** A column or a call. */
function named(cursor: Cursor): Expression {
  const { at, kind, value } = cursor.token();
  const isFunction = cursor.value(1) === "(" && cursor.value(2) !== "+";
  if (kind === "word" && reserved.has(value) && !(isFunction && reservedFunctions.has(value))) cursor.fail();
  const parts = [cursor.label()];
  while (cursor.value() === "." && cursor.isName(1)) {
    cursor.advance();
    parts.push(cursor.label());
  }
  if (cursor.is("(") && !cursor.reads("(", "+", ")")) return call(cursor, at, parts);
  return { kind: "column", at, parts };
}
