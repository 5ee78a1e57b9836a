import { call } from "./calls";
import type { Cursor } from "./cursor";
import { expression } from "./expressions";
import type { Expression } from "./nodes";
import { pathStep } from "./primaries";
import { query, startsQuery } from "./queries";
import type { Join, Source } from "./query-nodes";
import { alias, valueItem } from "./select";

/** An entry of FROM with all that is joined to it. https://docs.aws.amazon.com/redshift/latest/dg/r_FROM_clause30.html */
export function source(cursor: Cursor): Source {
  const at = cursor.place;
  return cursor.nested(() => {
    let left = single(cursor);
    for (;;) {
      const next = joinType(cursor);
      if (!next) return left;
      left = { kind: "join", at, ...next, left, ...joined(cursor, next) };
      cursor.wrapped();
    }
  });
}

function joinType(cursor: Cursor): Pick<Join, "type" | "natural"> | undefined {
  const natural = cursor.take("natural");
  if (cursor.take("join") || cursor.take("inner", "join")) return { type: "inner", natural };
  if (cursor.take("cross", "join")) {
    if (natural) cursor.fail();
    return { type: "cross", natural };
  }
  const type = cursor.value();
  if ((type === "left" || type === "right" || type === "full") && /^(join|outer)$/.test(cursor.value(1))) {
    cursor.advance();
    cursor.take("outer");
    cursor.expect("join");
    return { type, natural };
  }
  if (natural) cursor.fail();
  return undefined;
}

function joined(
  cursor: Cursor,
  { type, natural }: Pick<Join, "type" | "natural">,
): Pick<Join, "right" | "on" | "using"> {
  // `a join b join c on … on …`: the right side may be a join itself, when no condition follows it yet.
  let right = single(cursor);
  if (type === "cross" || natural) return { right };
  while (!cursor.is("on", "using")) {
    const { place } = cursor;
    const next = joinType(cursor);
    if (!next) cursor.fail();
    right = { kind: "join", at: place, ...next, left: right, ...joined(cursor, next) };
    cursor.wrapped();
  }
  if (cursor.take("on")) return { right, on: expression(cursor) };
  cursor.expect("using");
  return { right, using: cursor.names() };
}

function single(cursor: Cursor): Source {
  return cursor.nested(() => {
    let base = plainSource(cursor);
    while (
      (cursor.is("pivot", "unpivot") && cursor.value(1) === "(") ||
      cursor.reads("unpivot", "include") ||
      cursor.reads("unpivot", "exclude")
    ) {
      base = cursor.take("pivot") ? pivot(cursor, base) : unpivot(cursor, base);
      cursor.wrapped();
    }
    if (cursor.is("tablesample")) cursor.refuse("TABLESAMPLE", "Use WHERE RANDOM() < ….");
    return base;
  });
}

function plainSource(cursor: Cursor): Source {
  const at = cursor.place;
  if (cursor.is("lateral")) cursor.refuse("LATERAL", "Use a join, or an array of SUPER after a comma.");
  if (cursor.is("only") && (cursor.isName(1) || cursor.value(1) === "(")) cursor.refuse("ONLY");
  if (cursor.reads("rows", "from", "(")) cursor.refuse("ROWS FROM");
  if (cursor.is("(")) {
    if (startsQuery(cursor)) {
      const inner = cursor.inParentheses(() => query(cursor));
      return { kind: "derived", at, query: inner, ...aliased(cursor) };
    }
    return { kind: "nested-source", at, source: cursor.inParentheses(() => source(cursor)) };
  }
  if (cursor.take("unpivot")) {
    const path = pathOf(cursor, { kind: "column", at: cursor.place, parts: cursor.dottedName() });
    return { kind: "path-source", at, path, object: true, ...aliased(cursor), ...elementIndex(cursor) };
  }
  const name = cursor.dottedName();
  if (cursor.is("(")) {
    const source: Source = { kind: "function-source", at, call: call(cursor, at, name), ...aliased(cursor, true) };
    return source;
  }
  const column: Expression = { kind: "column", at, parts: name };
  const path = pathOf(cursor, column);
  if (path !== column)
    return { kind: "path-source", at, path, object: false, ...aliased(cursor), ...elementIndex(cursor) };
  return { kind: "relation", at, name, ...aliased(cursor), ...elementIndex(cursor) };
}

function pathOf(cursor: Cursor, root: Expression): Expression {
  let path = root;
  for (;;) {
    const further = pathStep(cursor, path);
    if (!further) return path;
    path = further;
    cursor.wrapped();
  }
}

function aliased(cursor: Cursor, definitions = false): { alias?: string; columns?: string[] } {
  if (cursor.reads("with", "ordinality")) cursor.refuse("WITH ORDINALITY", "Use AT for the index of an array.");
  const name = alias(cursor);
  if (name === undefined) return {};
  if (!cursor.is("(")) return { alias: name };
  if (definitions && cursor.isName(2) && cursor.value(2) !== ",")
    cursor.refuse("a list of columns with types", "Functions that give rows are read from the catalog only.");
  return { alias: name, columns: cursor.names() };
}

function elementIndex(cursor: Cursor): { index?: string } {
  return cursor.take("at") ? { index: cursor.name() } : {};
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_FROM_clause-pivot-unpivot-examples.html */
function pivot(cursor: Cursor, base: Source): Source {
  const at = cursor.place;
  const inner = cursor.inParentheses(() => {
    const aggregates = cursor.list(() => valueItem(cursor));
    cursor.expect("for");
    const column = cursor.name();
    cursor.expect("in");
    return { aggregates, column, values: cursor.inParentheses(() => cursor.list(() => valueItem(cursor))) };
  });
  return { kind: "pivot", at, source: base, ...inner, ...aliased(cursor) };
}

function unpivot(cursor: Cursor, base: Source): Source {
  const at = cursor.place;
  cursor.expect("unpivot");
  const includeNulls = cursor.take("include", "nulls");
  if (!includeNulls) cursor.take("exclude", "nulls");
  const inner = cursor.inParentheses(() => {
    const value = cursor.name();
    cursor.expect("for");
    const column = cursor.name();
    cursor.expect("in");
    return { value, column, inputs: cursor.inParentheses(() => cursor.list(() => valueItem(cursor))) };
  });
  return { kind: "unpivot", at, source: base, ...inner, includeNulls, ...aliased(cursor) };
}
