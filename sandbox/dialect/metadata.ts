import type { Draft, Range } from "./draft";

/** Column names by which JDBC and ODBC metadata queries are known. */
const metadataColumns = new Set([
  ..."table_cat table_schem table_name column_name procedure_cat procedure_schem procedure_name".split(" "),
  ..."function_cat function_schem function_name is_autoincrement probin_bytes column_bytes specific_name".split(" "),
]);

/**
 * Redshift lets WHERE and later entries of a select list use the names of earlier ones. Drivers' metadata queries
 * rely on it: in them, and only there, the name is replaced by its expression. Elsewhere PostgreSQL says that the
 * column does not exist, which is better than to guess whether the name or a column was meant.
 */
export function rewriteMetadataQuery(draft: Draft, select: number): void {
  const block = draft.block(select);
  const from = draft.find(select + 1, block.to, "from");
  if (from < 0) return;
  const list = draft.parts({ from: select + 1, to: from - 1 });
  const expressions = new Map<string, string>();
  for (const item of list) {
    substitute(draft, item, expressions, item.to);
    const name = draft.tokens[item.to]!.value.toLowerCase();
    if (draft.is(item.to - 1, "as") && metadataColumns.has(name))
      expressions.set(name, draft.text({ from: item.from, to: item.to - 2 }));
  }
  const where = draft.find(from, block.to, "where");
  if (where < 0 || expressions.size === 0) return;
  const source = { from, to: where };
  for (const name of expressions.keys()) if (mentions(draft, source, name)) expressions.delete(name);
  const end = draft.find(where, block.to, "group", "order", "limit");
  substitute(draft, { from: where + 1, to: end < 0 ? block.to : end - 1 }, expressions, -1);
}

/**
 * `CASE WHEN (c) THEN generate_series(a, b) - 1 ELSE generate_series(a, d) - 1 END`, by which drivers number the
 * parameters of routines: PostgreSQL wants no sets inside CASE, so the choice moves into the call.
 */
export function rewriteSeriesOfPositions(draft: Draft, at: number): void {
  if (!draft.reads(at, "case", "when", "(")) return;
  const whenTrue = draft.partner(at + 2) + 1;
  if (!draft.reads(whenTrue, "then", "generate_series", "(")) return;
  const otherwise = draft.partner(whenTrue + 2) + 3;
  if (!draft.reads(otherwise, "else", "generate_series", "(")) return;
  const end = draft.partner(otherwise + 2) + 3;
  if (!draft.is(end, "end")) return;
  const [from, to] = draft.arguments(whenTrue + 2);
  const [, elseTo] = draft.arguments(otherwise + 2);
  if (!from || !to || !elseTo) return;
  const condition = draft.text({ from: at + 2, to: whenTrue - 1 });
  const last = `case when ${condition} then ${draft.text(to)} else ${draft.text(elseTo)} end`;
  const shift = draft.text({ from: otherwise - 2, to: otherwise - 1 });
  draft.replace({ from: at, to: end }, `generate_series(${draft.text(from)}, ${last}) ${shift}`);
}

/** A subquery in FROM that gives the name itself. */
function mentions(draft: Draft, { from, to }: Range, name: string): boolean {
  for (let at = from; at <= to; at++) if (draft.tokens[at]!.value.toLowerCase() === name) return true;
  return (
    draft.is(from + 1, "svv_tables", "svv_columns") ||
    draft.is(from + 3, "svv_tables", "svv_columns", "svv_all_tables", "svv_all_columns")
  );
}

function substitute(
  draft: Draft,
  { from, to }: Range,
  expressions: ReadonlyMap<string, string>,
  aliasAt: number,
): void {
  for (let at = from; at <= to; at++) {
    if (at === aliasAt || draft.tokens[at]!.kind !== "word" || draft.isColumnPart(at) || draft.is(at + 1, ".", "("))
      continue;
    const expression = expressions.get(draft.value(at));
    if (expression !== undefined) draft.replaceOne(at, `(${expression})`);
  }
}

/** Whether a text looks like a driver's metadata query: cheap, and rarely wrong. */
export function isMetadataQuery(sql: string): boolean {
  return /\bAS\s+(TABLE_SCHEM|PROCEDURE_SCHEM|FUNCTION_SCHEM)\b/.test(sql);
}

/** Columns that the catalog of PostgreSQL 8 had, by which clients ask because that is the version they are told. */
const formerColumns: Readonly<Record<string, (table: string) => string>> = {
  relhasoids: () => "false",
  proisagg: (table) => `(${table}.prokind = 'a')`,
  proiswindow: (table) => `(${table}.prokind = 'w')`,
  adsrc: (table) => `pg_catalog.pg_get_expr(${table}.adbin, ${table}.adrelid)`,
  consrc: (table) => `pg_catalog.pg_get_constraintdef(${table}.oid)`,
};

/** `c.relhasoids` and its like, as psql's \d and older tools ask for. */
export function rewriteFormerColumns(draft: Draft): void {
  for (let at = 2; at < draft.length; at++) {
    const column = draft.value(at);
    if (!draft.is(at - 1, ".") || !Object.hasOwn(formerColumns, column) || !draft.isName(at - 2)) continue;
    draft.replace({ from: at - 2, to: at }, formerColumns[column]!(draft.tokens[at - 2]!.text));
  }
}
