import { z } from "zod";
import type { DataApi } from "../data-api/data-api";
import { optionalText, text } from "../data-api/rows";

/** What a database holds that could be shared: schema → relations and functions, sorted. */
export type SourceObjects = Map<string, { tables: string[]; functions: string[] }>;

/** Schemas, tables, views and SQL functions of the connected database. */
export async function sourceObjects(api: DataApi, options: { functions: boolean }): Promise<SourceObjects> {
  const database = api.target.database;
  const [schemas, tables, functions] = await Promise.all([
    api.query(
      "SELECT schema_name FROM svv_redshift_schemas WHERE database_name = :database",
      z.object({ schema_name: text }),
      {
        database,
      },
    ),
    sourceTables(api),
    options.functions
      ? api.query(
          "SELECT schema_name, function_name, argument_type FROM svv_redshift_functions WHERE database_name = :database AND function_type = 'REGULAR FUNCTION'",
          z.object({ schema_name: text, function_name: text, argument_type: optionalText }),
          { database },
        )
      : [],
  ]);
  const found: SourceObjects = new Map();
  for (const row of schemas) found.set(row.schema_name, { tables: [], functions: [] });
  for (const { schema, table } of tables) found.get(schema)?.tables.push(table);
  for (const row of functions) {
    found.get(row.schema_name)?.functions.push(functionSignature(`${row.function_name}(${row.argument_type ?? ""})`));
  }
  for (const { tables, functions } of found.values()) {
    tables.sort();
    functions.sort();
  }
  return found;
}

/**
 * Every table and view of the connected database.
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_REDSHIFT_TABLES.html
 */
export async function sourceTables(api: DataApi): Promise<{ schema: string; table: string }[]> {
  const rows = await api.query(
    "SELECT schema_name, table_name FROM svv_redshift_tables WHERE database_name = :database",
    z.object({ schema_name: text, table_name: text }),
    { database: api.target.database },
  );
  return rows.map((row) => ({ schema: row.schema_name, table: row.table_name }));
}

/** One spelling for `F( int,varchar )` and `f(int, varchar)`. */
export function functionSignature(name: string): string {
  const open = name.indexOf("(");
  const close = name.lastIndexOf(")");
  if (open < 0 || close < open) return name.trim();
  const types = name
    .slice(open + 1, close)
    .split(",")
    .map((type) => type.trim().toLowerCase().replace(/\s+/g, " "))
    .filter((type) => type.length > 0);
  return `${name.slice(0, open).trim()}(${types.join(", ")})`;
}
