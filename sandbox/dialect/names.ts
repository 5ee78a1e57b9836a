import type { Draft } from "./draft";
import { quoteName } from "./literals";
import type { RewriteContext } from "./statements";

/** The schema in which a database keeps the objects of a schema shared with it. */
export function sharedSchemaName(database: string, schema: string): string {
  return `${database}$${schema}`;
}

/** After these, a dotted name is one of tables and views, so its first part of three is a database. */
const tableClauses = new Set(["from", "join", "into", "update", "table", "view", "using"]);
const tableVerbs = new Set([
  "grant",
  "revoke",
  "truncate",
  "analyze",
  "vacuum",
  "comment",
  "refresh",
  "lock",
  "delete",
  "drop",
  "alter",
  "merge",
]);

/**
 * Names that begin with a database. Of the current one the part goes; of a shared one, `db.schema.table` becomes
 * `"db$schema".table`, also before a column (four parts), and `SCHEMA db.schema` becomes `SCHEMA "db$schema"`.
 */
export function rewriteNames(draft: Draft, context: RewriteContext): void {
  for (let at = 0; at < draft.length; at++) {
    if (!draft.isName(at) || draft.isColumnPart(at) || !draft.is(at + 1, ".")) continue;
    const parts = partsOf(draft, at);
    const database = draft.tokens[at]!.value;
    const shared = context.sharedDatabases.has(database);
    if (!shared && database !== context.database) continue;
    const first = parts >= 4 || (parts === 3 && namesRelation(draft, at)) || (parts === 2 && namesSchema(draft, at));
    if (!first) continue;
    if (shared && database !== context.database) {
      const schema = draft.tokens[at + 2]!.value;
      draft.replace({ from: at, to: at + 2 }, quoteName(sharedSchemaName(database, schema)));
    } else draft.replace({ from: at, to: at + 1 }, "");
  }
}

function partsOf(draft: Draft, at: number): number {
  let parts = 1;
  while (draft.is(at + parts * 2 - 1, ".") && (draft.isName(at + parts * 2) || draft.is(at + parts * 2, "*"))) parts++;
  return parts;
}

function namesRelation(draft: Draft, at: number): boolean {
  const end = at + 5;
  if (draft.is(end, "(")) return true;
  const clause = draft.clause(at);
  if (tableClauses.has(clause)) return true;
  return tableVerbs.has(draft.value(0)) && (clause === "" || clause === "on");
}

/** `ON SCHEMA db.schema`, `ALL TABLES IN SCHEMA db.a, db.b` */
function namesSchema(draft: Draft, at: number): boolean {
  let before = at - 1;
  while (draft.is(before, ",")) {
    before--;
    while (before > 0 && (draft.isName(before) || draft.is(before, ".")) && !draft.is(before, "schema")) before--;
  }
  return draft.is(before, "schema") && draft.is(0, "grant", "revoke", "alter");
}

/** `#stage` is a temporary table: `CREATE TABLE #stage` → `CREATE TEMP TABLE "#stage"`. */
export function rewriteTemporaryNames(draft: Draft): void {
  for (let at = 0; at < draft.length; at++) {
    const token = draft.tokens[at]!;
    if (token.kind !== "word" || !token.value.startsWith("#")) continue;
    draft.replaceOne(at, quoteName(token.value));
    const beforeTable = draft.reads(at - 3, "if", "not", "exists") ? at - 4 : at - 1;
    if (draft.is(beforeTable, "table") && draft.is(beforeTable - 1, "create")) draft.insertBefore(beforeTable, "temp ");
    if (draft.is(at - 1, "into") && draft.clause(at - 1) === "select") draft.insertBefore(at, "temp ");
  }
}
