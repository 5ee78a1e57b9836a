import type { Cursor } from "./cursor";
import { expression } from "./expressions";
import { notAlias } from "./keywords";
import type { Grouping, Select, SelectItem, Star, ValueItem } from "./query-nodes";
import { source } from "./sources";

/** https://docs.aws.amazon.com/redshift/latest/dg/r_SELECT_list.html */
export function select(cursor: Cursor): Select {
  const at = cursor.place;
  cursor.expect("select");
  let distinct = distinctness(cursor);
  const top = cursor.is("top") && /^(number|parameter)$/.test(cursor.token(1).kind) ? topCount(cursor) : undefined;
  if (top) distinct ||= distinctness(cursor);
  const items = cursor.list(() => item(cursor));
  const into = intoTable(cursor);
  const from = cursor.take("from") ? cursor.list(() => source(cursor)) : [];
  const where = cursor.take("where") ? expression(cursor) : undefined;
  const connectBy = hierarchy(cursor);
  const groupBy = cursor.take("group", "by") ? groupings(cursor) : [];
  const having = cursor.take("having") ? expression(cursor) : undefined;
  const qualify = cursor.take("qualify") ? expression(cursor) : undefined;
  if (cursor.is("window") && cursor.value(2) === "as") cursor.refuse("WINDOW", "Write each window in its OVER.");
  return { kind: "select", at, distinct, top, items, into, from, where, connectBy, groupBy, having, qualify };
}

function distinctness(cursor: Cursor): boolean {
  if (cursor.take("all")) return false;
  const distinct = cursor.take("distinct");
  if (distinct && cursor.reads("on", "(")) cursor.refuse("DISTINCT ON", "Use QUALIFY ROW_NUMBER() OVER (…) = 1.");
  return distinct;
}

function topCount(cursor: Cursor): Select["top"] {
  const { at } = cursor.advance();
  const { kind, text } = cursor.advance();
  return kind === "number" ? { kind, at, text } : { kind: "parameter", at, number: Number(text.slice(1)) };
}

function item(cursor: Cursor): SelectItem {
  return star(cursor) ?? valueItem(cursor);
}

/** `*`, `t.*`, `* EXCLUDE (a, b)` */
function star(cursor: Cursor): Star | undefined {
  const at = cursor.place;
  let parts = 0;
  while (cursor.isName(parts) && cursor.value(parts + 1) === ".") parts += 2;
  if (cursor.value(parts) !== "*") return undefined;
  if (parts === 0) cursor.advance();
  const of = parts > 0 ? cursor.dottedName() : undefined;
  if (of) cursor.expect(".", "*");
  const excludes = cursor.take("exclude");
  const exclude = excludes ? (cursor.is("(") ? cursor.names() : cursor.list(() => cursor.name())) : undefined;
  return { kind: "star", at, of, exclude };
}

/** A value with the name it is given. */
export function valueItem(cursor: Cursor): ValueItem {
  const at = cursor.place;
  const value = expression(cursor);
  return { kind: "item", at, value, alias: alias(cursor) };
}

/** `AS name`, or a name that cannot be a word of what follows. */
export function alias(cursor: Cursor): string | undefined {
  if (cursor.take("as")) return cursor.label();
  const { kind, value } = cursor.token();
  if (kind === "quoted" || (kind === "word" && !notAlias.has(value))) return cursor.label();
  return undefined;
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_SELECT_INTO.html */
function intoTable(cursor: Cursor): Select["into"] {
  if (!cursor.take("into")) return undefined;
  const temporary = cursor.take("temporary") || cursor.take("temp");
  cursor.take("table");
  const name = cursor.dottedName();
  return { temporary: temporary || name[0]!.startsWith("#"), name };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_CONNECT_BY_clause.html */
function hierarchy(cursor: Cursor): Select["connectBy"] {
  let start = cursor.take("start", "with") ? expression(cursor) : undefined;
  if (!cursor.take("connect", "by")) {
    if (start) cursor.fail();
    return undefined;
  }
  const noCycle = cursor.take("nocycle");
  const condition = expression(cursor);
  if (!start && cursor.take("start", "with")) start = expression(cursor);
  return { start, condition, noCycle };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_GROUP_BY_aggregation-extensions.html */
function groupings(cursor: Cursor): Select["groupBy"] {
  return cursor.take("all") ? "all" : cursor.list(() => grouping(cursor));
}

function grouping(cursor: Cursor): Grouping {
  if (cursor.take("grouping", "sets"))
    return { kind: "grouping-sets", sets: cursor.inParentheses(() => cursor.list(() => grouping(cursor))) };
  if (cursor.take("(", ")")) return { kind: "empty-set" };
  const kind = cursor.value();
  if ((kind === "rollup" || kind === "cube") && cursor.value(1) === "(") {
    cursor.advance();
    return { kind, values: cursor.inParentheses(() => cursor.list(() => expression(cursor))) };
  }
  return { kind: "group-by", value: expression(cursor) };
}
