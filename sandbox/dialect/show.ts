import type { Draft, Range } from "./draft";
import { quoteText, unquoteText } from "./literals";
import { Reader } from "./reader";
import { showSetting } from "./settings";
import { DialectError } from "./statements";

/** What a SHOW lists: the query, and the columns that its FROM part names, outermost first. */
interface Listing {
  readonly query: string;
  readonly path: readonly string[];
  readonly like?: string;
}

const table = ["database_name", "schema_name", "table_name"];
const routine = ["database_name", "schema_name"];
const listings: Readonly<Record<string, Listing>> = {
  databases: { query: "select * from pg_catalog.rs_show_databases", path: [], like: "database_name" },
  schemas: { query: "select * from pg_catalog.rs_show_schemas", path: table.slice(0, 1), like: "schema_name" },
  tables: { query: "select * from pg_catalog.rs_show_tables", path: table.slice(0, 2), like: "table_name" },
  columns: { query: "select * from pg_catalog.rs_show_columns", path: table, like: "column_name" },
  functions: { query: "select * from pg_catalog.rs_show_functions", path: routine, like: "function_name" },
  procedures: { query: "select * from pg_catalog.rs_show_procedures", path: routine, like: "procedure_name" },
  datashares: { query: "select * from pg_catalog.svv_datashares", path: [], like: "share_name" },
};

/**
 * SHOW in the forms that drivers and people use to look around. They may hold parameters (`FROM SCHEMA $1.$2`).
 * https://docs.aws.amazon.com/redshift/latest/dg/r_SHOW_TABLES.html
 */
export function rewriteShow(draft: Draft): string | undefined {
  if (!draft.is(0, "show") || draft.length < 2) return undefined;
  const subject = draft.value(1);
  const text =
    (draft.length === 2 ? showSetting(subject) : undefined) ??
    (Object.hasOwn(listings, subject) ? list(draft, listings[subject]!) : other(draft, subject));
  if (text === undefined) return undefined;
  draft.replace({ from: 0, to: draft.length - 1 }, text);
  return "SHOW";
}

function list(draft: Draft, { query, path, like }: Listing): string | undefined {
  const conditions: string[] = [];
  const from = draft.find(2, draft.length, "from");
  const pattern = draft.find(2, draft.length, "like");
  const limit = draft.find(2, draft.length, "limit");
  const end = Math.min(...[pattern, limit, draft.length].filter((at) => at > 0));
  if (from > 0) {
    // DATABASE, SCHEMA or TABLE says how many parts the name may have.
    const kinds = ["database", "schema", "table"];
    const depth = kinds.indexOf(draft.value(from + 1)) + 1;
    if (depth === 0)
      throw new DialectError(
        `SHOW ${draft.value(1).toUpperCase()} FROM ${draft.value(from + 1).toUpperCase()} is not supported here`,
      );
    const parts = nameParts(draft, from + 2, end);
    const columns = table.slice(0, Math.max(depth, 1)).slice(-parts.length);
    parts.forEach((part, index) => {
      conditions.push(`${columns[index] ?? path[index]} = ${part}`);
    });
    if (parts.length < depth) conditions.push("database_name = pg_catalog.current_database()");
  }
  if (pattern > 0 && like) conditions.push(`${like} like ${value(draft, pattern + 1)}`);
  const where = conditions.length ? ` where ${conditions.join(" and ")}` : "";
  const order = ` order by ${[...path, like === "column_name" ? "ordinal_position" : (like ?? 1)].join(", ")}`;
  return query + where + order + (limit > 0 ? ` limit ${draft.tokens[limit + 1]?.text ?? ""}` : "");
}

function other(draft: Draft, subject: string): string | undefined {
  if (subject === "constraints") {
    const foreign = draft.is(2, "foreign");
    const exported = draft.is(4, "exported");
    const view = foreign ? "rs_show_foreign_keys" : "rs_show_primary_keys";
    const tableAt = draft.find(4, draft.length, "table");
    const columns = exported
      ? ["pk_database_name", "pk_schema_name", "pk_table_name"]
      : foreign
        ? ["fk_database_name", "fk_schema_name", "fk_table_name"]
        : table;
    return `select * from pg_catalog.${view}${whereNames(columns, nameParts(draft, tableAt + 1, draft.length))}`;
  }
  if (subject === "parameters") return showParameters(draft);
  if (subject === "grants" || draft.reads(1, "column", "grants")) return showGrants(draft);
  if (subject === "view" || subject === "table") {
    const name = draft.text({ from: 2, to: draft.length - 1 });
    return `select pg_catalog.rs_show_${subject}(${quoteText(name)}::regclass) as "Show ${subject === "view" ? "View" : "Table"} DDL statement"`;
  }
  return undefined;
}

/** `SHOW PARAMETERS OF FUNCTION s.f(integer, $4) LIKE 'a%'`; without a list of types, of every function of the name. */
function showParameters(draft: Draft): string {
  const kind = draft.is(3, "procedure") ? "procedure" : "function";
  const like = draft.find(4, draft.length, "like");
  const end = like < 0 ? draft.length : like;
  const open = draft.find(4, end - 1, "(");
  const columns = ["database_name", "schema_name", `${kind}_name`];
  const where = whereNames(columns, nameParts(draft, 4, open > 0 ? open : end));
  const types = open < 0 ? undefined : draft.arguments(open).map((range) => typeName(draft, range));
  const ofTypes = types ? ` and argument_list = concat_ws(', '${types.map((type) => `, ${type}`).join("")})` : "";
  const pattern = like < 0 ? "" : ` and parameter_name like ${value(draft, like + 1)}`;
  const shown = [...columns, ..."parameter_name ordinal_position parameter_type data_type".split(" ")];
  const sizes = "character_maximum_length numeric_precision numeric_scale remarks".split(" ");
  const select = `select ${[...shown, ...sizes].join(", ")} from pg_catalog.rs_show_${kind}_parameters`;
  return `${select}${where}${ofTypes}${pattern} order by ${kind}_name, argument_list, ordinal_position`;
}

/** A type as the catalog writes it: drivers repeat what the list of functions said, people write their own words. */
function typeName(draft: Draft, range: Range): string {
  if (draft.tokens[range.from]?.kind === "parameter") return `${draft.tokens[range.from]!.text}::text`;
  return `format_type(${quoteText(draft.text(range))}::regtype, null)`;
}

function showGrants(draft: Draft): string {
  const on = draft.is(1, "column") ? 3 : 2;
  const kind = draft.find(on + 1, draft.length, "table", "tables");
  const database = draft.find(on + 1, draft.length, "database");
  const columns = draft.is(1, "column") ? "rs_show_column_grants" : "rs_show_table_grants";
  const parts =
    database > 0
      ? nameParts(draft, database + 1, draft.find(database, draft.length, "like", "limit"))
      : kind > 0
        ? nameParts(draft, kind + 1, draft.find(kind, draft.length, "for", "limit", "like"))
        : undefined;
  if (!parts)
    throw new DialectError(
      "only SHOW GRANTS ON TABLE is supported here",
      "Query SVV_RELATION_PRIVILEGES, SVV_SCHEMA_PRIVILEGES or SVV_USER_GRANTS.",
    );
  const where = whereNames(database > 0 ? ["database_name"] : ["database_name", "schema_name", "object_name"], parts);
  const like = draft.find(on + 1, draft.length, "like");
  const pattern = like > 0 && draft.is(1, "column") ? ` and column_name like ${value(draft, like + 1)}` : "";
  return `select * from pg_catalog.${columns}${where}${pattern}`;
}

function whereNames(columns: readonly string[], parts: readonly string[]): string {
  const last = columns.slice(-parts.length);
  return parts.length ? ` where ${parts.map((part, index) => `${last[index]} = ${part}`).join(" and ")}` : "";
}

function nameParts(draft: Draft, from: number, end: number): string[] {
  const parts: string[] = [];
  for (let at = from; at < (end < 0 ? draft.length : end); at++) if (!draft.is(at, ".")) parts.push(value(draft, at));
  return parts;
}

/** A name, string or parameter as text to compare with. */
function value(draft: Draft, at: number): string {
  const token = draft.tokens[at];
  if (token?.kind === "parameter") return `${token.text}::text`;
  if (token?.kind === "string") return quoteText(unquoteText(token.text));
  if (draft.isName(at)) return quoteText(token!.value);
  return new Reader(draft, at).fail();
}
