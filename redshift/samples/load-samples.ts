import { z } from "zod";
import { type DataApi, maxStatementBytes } from "../data-api/data-api";
import { integer, text } from "../data-api/rows";
import { quoteIdentifier, quoteLiteral, quoteQualified } from "../identifiers";
import type { SampleRow, Value } from "./dimensions";
import { airlineSamples, type SampleTable } from "./sample-data";

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

/** INSERT statements of many rows each, none longer than the Data API takes. */
export function insertStatements({ schema, table, rows }: SampleTable): string[] {
  if (rows.length === 0) return [];
  const columns = Object.keys(rows[0]!);
  const head = `INSERT INTO ${quoteQualified(schema, table)} (${columns.map(quoteIdentifier).join(", ")}) VALUES\n`;
  const statements: string[] = [];
  let current: string[] = [];
  let bytes = head.length;
  const flush = () => {
    if (current.length > 0) statements.push(head + current.join(",\n"));
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

/**
 * Fills the empty tables of the airline's star schema with sample rows, each table in one transaction: a load that was
 * cut short is completed by the next, and tables that hold rows are never touched.
 */
export async function loadSamples(api: DataApi): Promise<LoadedTable[]> {
  const tables = airlineSamples();
  const counts = await api.query(
    tables
      .map(
        ({ schema, table }) =>
          `SELECT ${quoteLiteral(table)} AS name, COUNT(*) AS total FROM ${quoteQualified(schema, table)}`,
      )
      .join("\nUNION ALL\n"),
    z.object({ name: text, total: integer }),
  );
  const present = new Map(counts.map((row) => [row.name, row.total]));
  const done: LoadedTable[] = [];
  for (const sample of tables) {
    const rows = present.get(sample.table) ?? 0;
    if (rows === 0) await api.batch(insertStatements(sample));
    done.push({ table: `${sample.schema}.${sample.table}`, rows: rows || sample.rows.length, loaded: rows === 0 });
  }
  return done;
}
