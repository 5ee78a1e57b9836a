import type { MigrationFile } from "./migration-files";
import { skip, splitStatements } from "./statements";

/** What schema files create: schema → table or view → whether it can be shared, and if not, why. */
export type DeclaredObjects = Map<string, Map<string, { shareable: boolean; reason?: string }>>;

const name = String.raw`(?:"((?:[^"]|"")+)"|([A-Za-z_][\w$]*))`;
const path = String.raw`${name}(?:\.${name})?`;
const relation = String.raw`(?:table|(?:materialized\s+)?view)`;
const pattern = (text: string) => new RegExp(text, "i");

const createSchema = pattern(String.raw`^create\s+schema\s+(?:if\s+not\s+exists\s+)?${name}`);
const dropSchema = pattern(String.raw`^drop\s+schema\s+(?:if\s+exists\s+)?`);
const renameSchema = pattern(String.raw`^alter\s+schema\s+${name}\s+rename\s+to\s+${name}`);
const createTable = pattern(String.raw`^create\s+(?:or\s+replace\s+)?${relation}\s+(?:if\s+not\s+exists\s+)?${path}`);
const dropTable = pattern(String.raw`^drop\s+${relation}\s+(?:if\s+exists\s+)?`);
const renameTable = pattern(String.raw`^alter\s+table\s+${path}\s+rename\s+to\s+${name}`);
const ifNotExists = /^create\s+table\s+if\s+not\s+exists\b/i;
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

/** What is done by statements of one kind. */
type Rule = readonly [
  known: RegExp,
  apply: (found: RegExpExecArray, statement: string, declared: DeclaredObjects) => void,
];

const rules: readonly Rule[] = [
  [
    createSchema,
    (found, _statement, declared) => {
      const schema = unquote(found[1], found[2])!;
      if (!declared.has(schema)) declared.set(schema, new Map());
    },
  ],
  [
    dropSchema,
    (found, statement, declared) => {
      for (const { table: schema } of listed(statement.slice(found[0].length))) declared.delete(schema);
    },
  ],
  [
    renameSchema,
    (found, _statement, declared) => move(declared, unquote(found[1], found[2])!, unquote(found[3], found[4])!),
  ],
  [
    createTable,
    (found, statement, declared) => {
      const { schema, table } = pathOf(found);
      const tables = declared.get(schema);
      if (ifNotExists.test(statement) && tables?.has(table)) return;
      const shareable = !/\binterleaved\s+sortkey\b/i.test(statement);
      tables?.set(table, shareable ? { shareable } : { shareable, reason: interleaved });
    },
  ],
  [
    dropTable,
    (found, statement, declared) => {
      for (const { schema, table } of listed(statement.slice(found[0].length))) declared.get(schema)?.delete(table);
    },
  ],
  [
    renameTable,
    (found, _statement, declared) => {
      const { schema, table } = pathOf(found);
      const tables = declared.get(schema);
      if (tables) move(tables, table, unquote(found[5], found[6])!);
    },
  ],
];

/** Schema and table of a match of `path`. */
function pathOf(found: RegExpExecArray): { schema: string; table: string } {
  const first = unquote(found[1], found[2])!;
  const second = unquote(found[3], found[4]);
  return second === undefined ? { schema: "public", table: first } : { schema: first, table: second };
}

/** The names with commas between them that a statement goes on with. */
function listed(text: string): { schema: string; table: string }[] {
  const names: { schema: string; table: string }[] = [];
  const next = new RegExp(String.raw`\s*${path}\s*(,?)`, "iy");
  for (let found = next.exec(text); found; found = found[5] ? next.exec(text) : null) names.push(pathOf(found));
  return names;
}

function move<T>(things: Map<string, T>, from: string, to: string): void {
  const thing = things.get(from);
  if (thing === undefined) return;
  things.delete(from);
  things.set(to, thing);
}

/**
 * Reads which schemas, tables and views the files leave behind, so that a datashare of something else is refused before
 * anything is created. Statements it does not know are passed over.
 */
export function describeMigrations(files: readonly Pick<MigrationFile, "name" | "sql">[]): DeclaredObjects {
  const declared: DeclaredObjects = new Map([["public", new Map()]]);
  for (const statement of files.flatMap((file) => splitStatements(file.sql)).map(bare)) {
    for (const [known, apply] of rules) {
      const found = known.exec(statement);
      if (found) apply(found, statement, declared);
    }
  }
  return declared;
}
