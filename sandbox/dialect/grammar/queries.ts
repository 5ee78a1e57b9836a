import { orderBy } from "./calls";
import { type Cursor, deepest } from "./cursor";
import { expression } from "./expressions";
import type { CommonTable, NestedQuery, Query, QueryBody, SetBranch, Values } from "./query-nodes";
import { select } from "./select";

const afterNestedQuery = new Set([")", "union", "intersect", "except", "minus", "order", "limit", "offset"]);

/**
 * Whether a query begins here, or in the parenthesis here: in `((select 1) + 1)` an expression does, in `((select 1) limit 1)`
 * a query.
 */
export function startsQuery(cursor: Cursor): boolean {
  let parentheses = 0;
  while (parentheses < deepest && cursor.value(parentheses) === "(") parentheses++;
  if (!/^(select|with|values)$/.test(cursor.value(parentheses))) return false;
  for (let inner = 1; inner < parentheses; inner++)
    if (!afterNestedQuery.has(cursor.value(cursor.closing(inner) + 1))) return false;
  return true;
}

/** A query with its common tables, order and limit. https://docs.aws.amazon.com/redshift/latest/dg/r_SELECT_synopsis.html */
export function query(cursor: Cursor): Query {
  const at = cursor.place;
  return queryAfter(cursor, at, commonTables(cursor));
}

/** A query whose WITH is read already. */
export function queryAfter(cursor: Cursor, at: number, common: Query["with"]): Query {
  return cursor.nested(() => {
    const body = setOperation(cursor, 0);
    return { kind: "query", at, with: common, body, ...tail(cursor) };
  });
}

export function commonTables(cursor: Cursor): Query["with"] {
  if (!cursor.take("with")) return undefined;
  const recursive = cursor.take("recursive");
  return { recursive, tables: cursor.list(() => commonTable(cursor)) };
}

function commonTable(cursor: Cursor): CommonTable {
  const at = cursor.place;
  const name = cursor.name();
  const columns = cursor.is("(") ? cursor.names() : undefined;
  cursor.expect("as");
  if (cursor.is("materialized", "not")) cursor.refuse("MATERIALIZED in WITH", "Leave it out.");
  const inner = cursor.inParentheses(() => {
    if (cursor.is("insert", "update", "delete", "merge")) cursor.refuse("a statement that changes data in WITH");
    return query(cursor);
  });
  if (cursor.is("search", "cycle")) cursor.refuse(`${cursor.value().toUpperCase()} in WITH`);
  return { kind: "common-table", at, name, columns, query: inner };
}

function tail(cursor: Cursor): Pick<Query, "orderBy" | "limit" | "offset"> {
  let sorts: Query["orderBy"] = [];
  if (cursor.reads("order", "siblings")) cursor.refuse("ORDER SIBLINGS BY");
  if (cursor.reads("order", "by")) sorts = orderBy(cursor);
  let limit: Query["limit"];
  let offset: Query["offset"];
  for (;;) {
    if (!limit && cursor.take("limit")) limit = cursor.take("all") ? undefined : expression(cursor);
    else if (!offset && cursor.take("offset")) {
      offset = expression(cursor);
      if (!cursor.take("rows")) cursor.take("row");
    } else break;
  }
  if (cursor.is("fetch")) cursor.refuse("FETCH FIRST", "Use LIMIT.");
  if (cursor.is("for") && /^(update|share|no|key)$/.test(cursor.value(1)))
    cursor.refuse("locking the rows of a query", "Use LOCK on the table.");
  return { orderBy: sorts, limit, offset };
}

const strength: Readonly<Record<string, number>> = { union: 1, except: 1, minus: 1, intersect: 2 };

/**
 * Queries joined by operators that bind more strongly than `above`.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_UNION.html
 */
function setOperation(cursor: Cursor, above: number): QueryBody {
  const at = cursor.place;
  const part = () => (above === 0 ? setOperation(cursor, 1) : cursor.nested(() => queryPart(cursor)));
  const first = part();
  const rest: SetBranch[] = [];
  for (;;) {
    const word = cursor.value();
    if (!Object.hasOwn(strength, word) || strength[word] !== above + 1) break;
    cursor.advance();
    const all = cursor.take("all");
    if (!all) cursor.take("distinct");
    if (all && word !== "union") cursor.refuse(`${word.toUpperCase()} ALL`, "Leave out ALL.");
    const operator: SetBranch["operator"] = word === "union" || word === "intersect" ? word : "except";
    rest.push({ operator, all, body: part() });
  }
  return rest.length > 0 ? { kind: "set-operation", at, first, rest } : first;
}

function queryPart(cursor: Cursor): NestedQuery | Values | QueryBody {
  const at = cursor.place;
  if (cursor.is("(")) return { kind: "nested-query", at, query: cursor.inParentheses(() => query(cursor)) };
  if (cursor.take("values")) return { kind: "values", at, rows: cursor.list(() => row(cursor)) };
  if (cursor.is("table")) cursor.refuse("TABLE as a query", "Use SELECT * FROM.");
  return select(cursor);
}

function row(cursor: Cursor): Values["rows"][number] {
  return cursor.inParentheses(() => cursor.list(() => valueOrDefault(cursor)));
}

export function valueOrDefault(cursor: Cursor) {
  const at = cursor.place;
  return cursor.take("default") ? ({ kind: "default", at } as const) : expression(cursor);
}
