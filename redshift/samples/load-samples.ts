import { z } from "zod";
import type { DataApi } from "../data-api/data-api";
import { maxStatementBytes } from "../data-api/limits";
import { integer, text } from "../data-api/rows";
import { quoteIdentifier, quoteLiteral, quoteQualified } from "../identifiers";

/** A value of a sample row. */
export type Value = string | number | boolean | null;
export type SampleRow = Record<string, Value>;

/** Rows of one table. The first column is a key that grows from row to row. */
export interface SampleTable {
  schema: string;
  table: string;
  rows: SampleRow[];
}

/** What was done with one table. */
export interface LoadedTable {
  table: string;
  /** Rows there now. */
  rows: number;
  /** False where the table held rows already: it was left as it is. */
  loaded: boolean;
}

function literal(value: Value): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? quoteLiteral(value) : String(value).toUpperCase();
}

/** One INSERT and the index of its first row. */
export interface SampleInsert {
  first: number;
  sql: string;
}

/** INSERT statements of many rows each, none longer than the Data API takes. */
export function insertStatements({ schema, table, rows }: SampleTable): SampleInsert[] {
  if (rows.length === 0) return [];
  const columns = Object.keys(rows[0]!);
  const head = `INSERT INTO ${quoteQualified(schema, table)} (${columns.map(quoteIdentifier).join(", ")}) VALUES\n`;
  const statements: SampleInsert[] = [];
  let current: string[] = [];
  let bytes = head.length;
  let first = 0;
  const flush = () => {
    if (current.length > 0) statements.push({ first, sql: head + current.join(",\n") });
    first += current.length;
    current = [];
    bytes = head.length;
  };
  for (const row of rows) {
    const tuple = tupleOf(columns, row);
    const size = Buffer.byteLength(tuple) + 2;
    if (bytes + size > maxStatementBytes) flush();
    current.push(tuple);
    bytes += size;
  }
  flush();
  return statements;
}

function tupleOf(columns: readonly string[], row: SampleRow): string {
  return `(${columns.map((column) => literal(row[column] ?? null)).join(", ")})`;
}

/** Where to go on: the index of the first row missing; undefined where the table holds other rows than ours. */
export function resumeAt(
  { rows }: SampleTable,
  statements: readonly SampleInsert[],
  present: number,
  lastKey: number | undefined,
) {
  if (present === 0) return 0;
  const boundary = present === rows.length || statements.some(({ first }) => first === present);
  const key = Object.values(rows[present - 1] ?? {})[0];
  return boundary && key === lastKey ? present : undefined;
}

const presentRow = z.object({ name: text, total: integer, last_key: integer.nullish() });

/**
 * Fills tables with sample rows, in the order given. A load that was cut short is continued by the next; tables that
 * hold anything else are left as they are.
 */
export async function loadSamples(api: DataApi, samples: readonly SampleTable[]): Promise<LoadedTable[]> {
  const tables = samples.filter(({ rows }) => rows.length > 0);
  if (tables.length === 0) return [];
  const present = await api.query(
    tables
      .map(({ schema, table, rows }) => {
        const key = quoteIdentifier(Object.keys(rows[0]!)[0]!);
        return `SELECT ${quoteLiteral(`${schema}.${table}`)} AS name, COUNT(*) AS total, MAX(${key}) AS last_key FROM ${quoteQualified(schema, table)}`;
      })
      .join("\nUNION ALL\n"),
    presentRow,
  );
  const done: LoadedTable[] = [];
  for (const sample of tables) {
    const now = present.find((row) => row.name === `${sample.schema}.${sample.table}`);
    const statements = insertStatements(sample);
    const start = resumeAt(sample, statements, now?.total ?? 0, now?.last_key ?? undefined);
    const missing = statements.filter(({ first }) => start !== undefined && first >= start);
    for (const { sql } of missing) await api.execute(sql);
    const rows = missing.length > 0 ? sample.rows.length : (now?.total ?? 0);
    done.push({ table: `${sample.schema}.${sample.table}`, rows, loaded: missing.length > 0 });
  }
  return done;
}
