import { z } from "zod";
import { counted } from "../counted";
import type { DataApi } from "../data-api/data-api";
import { isStatementsFault, isWarehouseGone, SqlError } from "../data-api/errors";
import { integer, text } from "../data-api/rows";
import type { Fault } from "../faults";
import { quoteIdentifier, quoteLiteral } from "../identifiers";
import { fileLabel, migrationConflicts } from "./conflicts";
import type { MigrationEntry, MigrationFile } from "./migration-files";
import { placedStatements } from "./statements";

/** Table in schema `public` that remembers what was applied. */
export const bookkeepingTable = "fleet_schema_migrations";
const table = `public.${quoteIdentifier(bookkeepingTable)}`;

/** An applied file was edited, or files and database have grown apart otherwise. */
export class MigrationConflictError extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(
      faults
        .map(({ path, value, rule, remedy }) => `${path} ${rule}, but has ${value ?? "gone"}. ${remedy}.`)
        .join("\n"),
    );
    this.name = "MigrationConflictError";
  }
}

const entry = z.object({ version: integer, name: text, checksum: text });

/** Files applied to the database, in order; undefined when nothing ever was, or the warehouse is gone. */
export async function appliedMigrations(api: DataApi): Promise<MigrationEntry[] | undefined> {
  try {
    const present = await api.query(
      "SELECT table_name FROM svv_redshift_tables WHERE database_name = :database AND schema_name = 'public' AND table_name = :name",
      z.object({ table_name: text }),
      { database: api.target.database, name: bookkeepingTable },
    );
    if (present.length === 0) return undefined;
    return await api.query(`SELECT version, name, checksum FROM ${table} ORDER BY version`, entry);
  } catch (error) {
    if (isWarehouseGone(error)) return undefined;
    throw error;
  }
}

/**
 * Applies the files that were not applied yet, in order, each in one transaction together with its bookkeeping row: a
 * run that is killed anywhere is continued by the next.
 * @throws MigrationConflictError before anything is sent, when an applied file was edited, removed or inserted
 */
export async function applyMigrations(api: DataApi, files: readonly MigrationFile[]): Promise<MigrationEntry[]> {
  let applied = await appliedMigrations(api);
  if (applied === undefined) {
    await api.execute(
      `CREATE TABLE IF NOT EXISTS ${table} (version INTEGER NOT NULL, name VARCHAR(255) NOT NULL, checksum CHAR(64) NOT NULL, applied_at TIMESTAMP NOT NULL DEFAULT GETDATE()) DISTSTYLE ALL SORTKEY (version)`,
    );
    applied = (await appliedMigrations(api)) ?? [];
  }
  const faults = migrationConflicts(applied, files);
  if (faults.length > 0) throw new MigrationConflictError(faults);
  const done = new Set(applied.map((each) => each.version));
  for (const file of files) {
    if (!done.has(file.version)) await applyFile(api, file);
  }
  return (await appliedMigrations(api)) ?? [];
}

const longestLines = 6;
const longestText = 400;

/** The beginning of a statement, enough to know it by. */
function shortened(sql: string): string {
  const lines = sql.split("\n");
  const start = lines.slice(0, longestLines).join("\n").slice(0, longestText);
  return start.length < sql.length ? `${start} …` : sql;
}

/** A file that failed was not applied, and so may be edited: that is where most of what a database refuses is mended. */
function remedyIn(file: string, line: number | undefined): string {
  const place = line === undefined ? file : `${file} at line ${line}`;
  return `Correct ${place}, which may be edited because nothing of it was applied, and update again.`;
}

async function applyFile(api: DataApi, file: MigrationFile): Promise<void> {
  const remember = `INSERT INTO ${table} (version, name, checksum) VALUES (${file.version}, ${quoteLiteral(file.name)}, ${quoteLiteral(file.checksum)})`;
  const statements = placedStatements(file.sql);
  try {
    await api.batch([...statements.map(({ text }) => text), remember]);
  } catch (error) {
    // A run killed after sending may have left its transaction to finish on its own.
    const now = await appliedMigrations(api);
    if (now?.some((each) => each.version === file.version && each.checksum === file.checksum)) return;
    if (!(error instanceof SqlError)) throw error;
    const failed = statements[error.position ?? -1];
    throw new SqlError({
      // The whole file is nothing that anybody would read through.
      sql: failed ? shortened(failed.bare) : `${fileLabel(file)}, ${counted(statements.length, "statement")}`,
      target: error.target,
      statementId: error.statementId,
      code: error.code,
      serverMessage: `Schema file ${fileLabel(file)}${failed ? `, line ${failed.line},` : ""} failed and was rolled back: ${error.serverMessage}`,
      remedy: isStatementsFault(error) ? remedyIn(fileLabel(file), failed?.line) : error.remedy,
    });
  }
}
