import type { MigrationFile } from "./migration-files";
import { skip, splitStatements } from "./statements";

/** What schema files create: schema → table or view → whether it can be shared, and if not, why. */
export type DeclaredObjects = Map<string, Map<string, { shareable: boolean; reason?: string }>>;

const name = String.raw`(?:"((?:[^"]|"")+)"|([A-Za-z_][\w$]*))`;
const createSchema = new RegExp(String.raw`^create\s+schema\s+(?:if\s+not\s+exists\s+)?${name}`, "i");
const createTable = new RegExp(
  String.raw`^create\s+(?:table|(?:or\s+replace\s+)?(?:materialized\s+)?view)\s+(?:if\s+not\s+exists\s+)?${name}(?:\.${name})?`,
  "i",
);
const dropTable = new RegExp(
  String.raw`^drop\s+(?:table|(?:materialized\s+)?view)\s+(?:if\s+exists\s+)?${name}(?:\.${name})?`,
  "i",
);
const interleaved = "it has an interleaved sort key, which data sharing does not support";

/** The statement with its comments, strings and surrounding blanks taken out. */
function bare(statement: string): string {
  let text = "";
  for (let at = 0; at < statement.length; ) {
    const { end, comment } = skip(statement, at);
    if (end === at) text += statement[at++];
    else {
      text += comment ? " " : statement[at] === '"' ? statement.slice(at, end) : "''";
      at = end;
    }
  }
  return text.trim();
}

function unquote(quoted: string | undefined, plain: string | undefined): string | undefined {
  return (quoted?.replaceAll('""', '"') ?? plain)?.toLowerCase();
}

/**
 * Reads which schemas, tables and views the files create, so that a datashare of something else is refused before
 * anything is created. Statements it does not know are passed over.
 */
export function describeMigrations(files: readonly Pick<MigrationFile, "name" | "sql">[]): DeclaredObjects {
  const declared: DeclaredObjects = new Map([["public", new Map()]]);
  for (const statement of files.flatMap((file) => splitStatements(file.sql)).map(bare)) {
    const schema = createSchema.exec(statement);
    if (schema) {
      declared.set(unquote(schema[1], schema[2])!, new Map());
      continue;
    }
    const table = createTable.exec(statement) ?? dropTable.exec(statement);
    if (!table) continue;
    const first = unquote(table[1], table[2])!;
    const second = unquote(table[3], table[4]);
    const tables = declared.get(second ? first : "public");
    if (/^drop/i.test(statement)) tables?.delete(second ?? first);
    else {
      const shareable = !/\binterleaved\s+sortkey\b/i.test(statement);
      tables?.set(second ?? first, shareable ? { shareable } : { shareable, reason: interleaved });
    }
  }
  return declared;
}
