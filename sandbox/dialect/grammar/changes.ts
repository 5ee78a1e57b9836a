import type { Cursor } from "./cursor";
import { expression } from "./expressions";
import { commonTables, query, queryAfter, startsQuery, valueOrDefault } from "./queries";
import type { Query } from "./query-nodes";
import { alias } from "./select";
import { source } from "./sources";
import type { Assignment, Delete, Insert, Merge, MergeBranch, Target, Update } from "./statement-nodes";

/** A query or UPDATE or DELETE behind WITH. */
export function statementAfterWith(cursor: Cursor): Query | Update | Delete {
  const at = cursor.place;
  const common = commonTables(cursor);
  if (cursor.is("update")) return update(cursor, common);
  if (cursor.is("delete")) return remove(cursor, common);
  if (cursor.is("insert", "merge"))
    cursor.refuse(`WITH before ${cursor.value().toUpperCase()}`, "Put it before the query.");
  return queryAfter(cursor, at, common);
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_INSERT_30.html */
export function insert(cursor: Cursor): Insert {
  const at = cursor.place;
  cursor.expect("insert", "into");
  const into = cursor.dottedName();
  if (cursor.is("as")) cursor.refuse("an alias of the table that INSERT fills");
  const columns = cursor.is("(") && !startsQuery(cursor) ? cursor.names() : undefined;
  if (cursor.is("overriding")) cursor.refuse("OVERRIDING");
  const inner = cursor.take("default", "values") ? undefined : query(cursor);
  refuseClauses(cursor);
  return { kind: "insert", at, into, columns, query: inner };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_UPDATE.html */
export function update(cursor: Cursor, common?: Query["with"]): Update {
  const at = cursor.place;
  cursor.expect("update");
  const into = target(cursor, "set");
  cursor.expect("set");
  const set = assignments(cursor);
  const from = cursor.take("from") ? cursor.list(() => source(cursor)) : [];
  const where = condition(cursor);
  return { kind: "update", at, with: common, target: into, set, from, where };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_DELETE.html */
export function remove(cursor: Cursor, common?: Query["with"]): Delete {
  const at = cursor.place;
  cursor.expect("delete");
  cursor.take("from");
  const of = target(cursor, "using");
  const using = cursor.take("using") ? cursor.list(() => source(cursor)) : [];
  return { kind: "delete", at, with: common, target: of, using, where: condition(cursor) };
}

function target(cursor: Cursor, next: string): Target {
  const at = cursor.place;
  if (cursor.is("only") && cursor.isName(1)) cursor.refuse("ONLY");
  const name = cursor.dottedName();
  return { kind: "target", at, name, alias: cursor.is(next) ? undefined : alias(cursor) };
}

function condition(cursor: Cursor) {
  if (!cursor.take("where")) {
    refuseClauses(cursor);
    return undefined;
  }
  if (cursor.reads("current", "of")) cursor.refuse("WHERE CURRENT OF");
  const where = expression(cursor);
  refuseClauses(cursor);
  return where;
}

function refuseClauses(cursor: Cursor): void {
  if (cursor.is("returning")) cursor.refuse("RETURNING", "Read the rows with SELECT.");
  if (cursor.reads("on", "conflict")) cursor.refuse("ON CONFLICT", "Use MERGE.");
}

function assignments(cursor: Cursor): Assignment[] {
  return cursor.list(() => {
    const at = cursor.place;
    if (cursor.is("(")) cursor.refuse("SET of several columns at once", "Assign each column by itself.");
    // A table before the column is allowed, and says nothing.
    const column = cursor.dottedName().at(-1)!;
    if (cursor.is("[")) cursor.refuse("SET of a part of a column");
    cursor.expect("=");
    return { kind: "assignment", at, column, value: valueOrDefault(cursor) };
  });
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html */
export function merge(cursor: Cursor): Merge {
  const at = cursor.place;
  cursor.expect("merge", "into");
  const into = target(cursor, "using");
  cursor.expect("using");
  const from = source(cursor);
  cursor.expect("on");
  const on = expression(cursor);
  const removeDuplicates = cursor.take("remove", "duplicates");
  const branches: MergeBranch[] = [];
  while (!removeDuplicates && cursor.is("when")) branches.push(branch(cursor));
  if (!removeDuplicates && branches.length === 0) cursor.fail();
  refuseClauses(cursor);
  return { kind: "merge", at, target: into, source: from, on, removeDuplicates, branches };
}

function branch(cursor: Cursor): MergeBranch {
  cursor.expect("when");
  const matched = !cursor.take("not");
  cursor.expect("matched");
  if (cursor.is("and", "by"))
    cursor.refuse(`WHEN MATCHED ${cursor.value().toUpperCase()}`, "Put the condition into the source.");
  cursor.expect("then");
  if (matched && cursor.take("update", "set")) return { kind: "merge-update", set: assignments(cursor) };
  if (matched && cursor.take("delete")) return { kind: "merge-delete" };
  if (cursor.reads("do", "nothing")) cursor.refuse("DO NOTHING", "Leave the branch out.");
  if (matched) cursor.fail();
  cursor.expect("insert");
  const columns = cursor.is("(") ? mergeColumns(cursor) : undefined;
  cursor.expect("values");
  const values = cursor.inParentheses(() => cursor.list(() => valueOrDefault(cursor)));
  return { kind: "merge-insert", columns, values };
}

function mergeColumns(cursor: Cursor): string[] {
  return cursor.inParentheses(() => cursor.list(() => cursor.dottedName().at(-1)!));
}
