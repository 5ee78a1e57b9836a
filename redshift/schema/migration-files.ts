import { createHash } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";
import { maxBatchStatements, maxStatementBytes } from "../data-api/limits";
import { splitStatements } from "./statements";

/** One versioned SQL file. */
export interface MigrationFile {
  version: number;
  /** File name without the version and `.sql`. */
  name: string;
  /** SHA-256 of the text with line ends made LF, hexadecimal. */
  checksum: string;
  sql: string;
}

/** What identifies a file in state and in the bookkeeping table. */
export type MigrationEntry = Omit<MigrationFile, "sql">;

/** One text for a list of applied files: the last one's version and name, and a checksum of all. */
export function schemaRevision(files: readonly MigrationEntry[]): string {
  const last = files.at(-1);
  if (!last) return "none";
  const all = createHash("sha256")
    .update(files.map(({ checksum }) => checksum).join())
    .digest("hex");
  return `${last.version} ${last.name} ${all.slice(0, 8)}`;
}

export class MigrationFilesError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The schema files cannot be applied:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "MigrationFilesError";
  }
}

const fileName = /^(\d{1,9})_([a-z0-9_]+)\.sql$/;
// One batch is one transaction, and its last statement is the bookkeeping row.
const maxStatements = maxBatchStatements - 1;
const bookkeepingBytes = 500;
const outsideTransactions =
  /^(vacuum|create\s+database|drop\s+database|create\s+external\s+table|alter\s+table\s+\S+\s+append)\b/i;
const leadingComments = /^(?:\s*(?:--[^\n]*\n|\/\*[\s\S]*?\*\/))*\s*/;

export function migrationFile(file: string, contents: string): MigrationFile {
  const parts = fileName.exec(file);
  if (!parts) {
    throw new MigrationFilesError([
      `${file}: a schema file is named <version>_<name>.sql with digits, then lower-case letters, digits and underscores. Rename it, for example to 0001_tables.sql.`,
    ]);
  }
  const sql = contents.replaceAll("\r\n", "\n");
  return { version: Number(parts[1]), name: parts[2]!, checksum: createHash("sha256").update(sql).digest("hex"), sql };
}

/**
 * Reads and checks all `*.sql` files of a folder, in the order of their versions.
 * @throws MigrationFilesError with every fault found
 */
export function readMigrationFiles(directory: string): MigrationFile[] {
  const faults: string[] = [];
  const files: MigrationFile[] = [];
  const fileOf = new Map<MigrationFile, string>();
  let names: string[];
  try {
    names = fs.readdirSync(directory).filter((name) => name.endsWith(".sql"));
  } catch {
    throw new MigrationFilesError([
      `${directory}: there is no such folder. Correct schema.directory, which is relative to the folder of Pulumi.yaml.`,
    ]);
  }
  for (const name of names.sort()) {
    try {
      const file = migrationFile(name, fs.readFileSync(join(directory, name), "utf8"));
      files.push(file);
      fileOf.set(file, name);
    } catch (error) {
      if (!(error instanceof MigrationFilesError)) throw error;
      faults.push(...error.faults);
    }
  }
  files.sort((a, b) => a.version - b.version);
  faults.push(...migrationFaults(files, (file) => fileOf.get(file) ?? file.name));
  if (faults.length > 0) throw new MigrationFilesError(faults);
  return files;
}

function migrationFaults(files: readonly MigrationFile[], nameOf: (file: MigrationFile) => string): string[] {
  const faults: string[] = [];
  for (const [index, file] of files.entries()) {
    const label = nameOf(file);
    const next = files[index + 1];
    if (next && file.version === next.version) {
      faults.push(`${label}: ${nameOf(next)} has the same version. Give each file its own.`);
    }
    const statements = splitStatements(file.sql);
    if (statements.length === 0) faults.push(`${label}: holds no statement. Remove the file, or write one.`);
    if (statements.length > maxStatements) {
      faults.push(`${label}: ${statements.length} statements; one transaction takes ${maxStatements}. Split the file.`);
    }
    const bytes = Buffer.byteLength(file.sql) + bookkeepingBytes;
    if (bytes > maxStatementBytes) {
      faults.push(`${label}: ${bytes} bytes; one transaction takes ${maxStatementBytes}. Split the file.`);
    }
    for (const statement of statements) {
      const bare = statement.replace(leadingComments, "");
      if (/^(begin|commit|rollback|end|abort|start\s+transaction)\b/i.test(bare)) {
        faults.push(`${label}: ${bare.slice(0, 40)}: each file is one transaction already. Remove it.`);
      }
      if (outsideTransactions.test(bare)) {
        faults.push(`${label}: ${bare.slice(0, 40)}: cannot run inside a transaction. Run it by hand.`);
      }
    }
  }
  return faults;
}
