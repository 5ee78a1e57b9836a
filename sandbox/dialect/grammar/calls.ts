import type { Cursor } from "./cursor";
import { expression } from "./expressions";
import type { Call, Expression, FrameBound, Sort, Window } from "./nodes";

/** A function's arguments and the clauses behind them. */
export function call(cursor: Cursor, at: number, name: readonly string[]): Call {
  cursor.expect("(");
  const star = cursor.reads("*", ")") && cursor.take("*");
  const distinct = cursor.take("distinct");
  if (!distinct) cursor.take("all");
  const values = star || cursor.is(")") ? [] : cursor.list(() => argument(cursor));
  if (distinct && values.length === 0) cursor.fail();
  const within = nullTreatment(cursor);
  if (cursor.reads("order", "by")) cursor.refuse("ORDER BY among the arguments of a function", "Use WITHIN GROUP.");
  cursor.expect(")");
  const withinGroup = cursor.take("within", "group") ? cursor.inParentheses(() => orderBy(cursor)) : undefined;
  if (cursor.reads("filter", "(")) cursor.refuse("FILTER", "Use CASE inside the aggregate.");
  const nulls = nullTreatment(cursor) ?? within;
  const over = cursor.take("over") ? window(cursor) : undefined;
  return { kind: "call", at, name, values, star, distinct, approximate: false, nulls, withinGroup, over };
}

function argument(cursor: Cursor): Expression {
  if (cursor.is("variadic")) cursor.refuse("VARIADIC");
  const value = expression(cursor);
  if (cursor.is("=>") || cursor.reads(":", "="))
    cursor.refuse("an argument by its name", "Give arguments in their order.");
  return value;
}

function nullTreatment(cursor: Cursor): Call["nulls"] {
  if (!cursor.is("ignore", "respect") || cursor.value(1) !== "nulls") return undefined;
  const treatment = cursor.advance().value;
  cursor.advance();
  return treatment === "ignore" ? "ignore" : "respect";
}

export function orderBy(cursor: Cursor): Sort[] {
  cursor.expect("order", "by");
  return cursor.list(() => sort(cursor));
}

function sort(cursor: Cursor): Sort {
  const at = cursor.place;
  const value = expression(cursor);
  if (cursor.is("using")) cursor.refuse("ORDER BY … USING", "Use ASC or DESC.");
  const direction = cursor.take("desc") ? "desc" : cursor.take("asc") ? "asc" : undefined;
  let nulls: Sort["nulls"];
  if (cursor.take("nulls")) {
    nulls = cursor.take("first") ? "first" : "last";
    if (nulls === "last") cursor.expect("last");
  }
  return { kind: "sort", at, value, direction, nulls };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_Window_function_synopsis.html */
function window(cursor: Cursor): Window {
  const at = cursor.place;
  if (!cursor.is("(")) cursor.refuse("a named window", "Write the window in parentheses.");
  return cursor.inParentheses(() => {
    if (cursor.isName() && !cursor.is("partition", "order", "rows", "range", "groups"))
      cursor.refuse("a named window", "Write the window in parentheses.");
    const partitionBy = cursor.take("partition", "by") ? cursor.list(() => expression(cursor)) : [];
    const sorts = cursor.reads("order", "by") ? orderBy(cursor) : [];
    return { kind: "window", at, partitionBy, orderBy: sorts, frame: frame(cursor) };
  });
}

function frame(cursor: Cursor): Window["frame"] {
  if (cursor.is("groups")) cursor.refuse("a frame of GROUPS", "Use ROWS.");
  if (!cursor.is("rows", "range")) return undefined;
  const mode = cursor.advance().value === "rows" ? "rows" : "range";
  const between = cursor.take("between");
  const from = frameBound(cursor);
  let to: FrameBound | undefined;
  if (between) {
    cursor.expect("and");
    to = frameBound(cursor);
  }
  if (cursor.is("exclude")) cursor.refuse("EXCLUDE in a frame");
  return { mode, from, to };
}

function frameBound(cursor: Cursor): FrameBound {
  if (cursor.take("current", "row")) return { kind: "current-row" };
  const unbounded = cursor.take("unbounded");
  const offset = unbounded ? undefined : expression(cursor);
  const side = cursor.take("preceding") ? "preceding" : "following";
  if (side === "following") cursor.expect("following");
  return { kind: unbounded ? "unbounded" : "offset", side, offset };
}
