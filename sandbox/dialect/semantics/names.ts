import type { Token } from "../lexer";
import { sharedSchemaName } from "../names";

/** What the meaning of a statement depends on, besides its text. */
export interface Surroundings {
  /** Database the client is connected to. */
  readonly database: string;
  /** Databases made from datashares: their objects live in schemas named `<database>$<schema>`. */
  readonly sharedDatabases: ReadonlySet<string>;
}

/**
 * A table or function by its name in PostgreSQL: a database before the schema goes, or becomes part of the schema where it
 * is a shared one. Another database is left for PostgreSQL to refuse.
 */
export function lowerName(name: readonly string[], { database, sharedDatabases }: Surroundings): readonly string[] {
  const [first, schema, ...rest] = name;
  if (name.length !== 3 || first === undefined || schema === undefined) return name;
  if (first === database) return [schema, ...rest];
  return sharedDatabases.has(first) ? [sharedSchemaName(first, schema), ...rest] : name;
}

const catalogPrefix = /^(pg|svv|stv|stl|svl|svcs|sys)_/;

/** Whether a table is one of the system's, which the leader node answers from. */
export function isCatalog(name: readonly string[]): boolean {
  const [last = ""] = name.slice(-1);
  const schema = name.length > 1 ? name.at(-2) : undefined;
  if (schema === "pg_catalog" || schema === "information_schema") return true;
  return schema === undefined && catalogPrefix.test(last);
}

const afterTables = new Set("where group having order limit union intersect except minus on using set".split(" "));

/**
 * Whether a text that cannot be read names system catalogs behind FROM and JOIN, and nothing else. Tools ask the catalogs
 * with more of PostgreSQL's grammar than Redshift has for tables.
 */
export function namesCatalogsOnly(tokens: readonly Token[]): boolean {
  let catalogs = 0;
  for (let at = 0; at < tokens.length - 1; at++) {
    const { kind, value } = tokens[at]!;
    if (kind !== "word" || (value !== "from" && value !== "join")) continue;
    for (const name of namesBehind(tokens, at + 1)) {
      if (!isCatalog(name)) return false;
      catalogs++;
    }
  }
  return catalogs > 0;
}

/** The tables of a list, each with its qualifiers; what is in parentheses has a FROM of its own. */
function namesBehind(tokens: readonly Token[], from: number): string[][] {
  const names: string[][] = [];
  let depth = 0;
  let expected = true;
  for (let at = from; at < tokens.length - 1; at++) {
    const { kind, value } = tokens[at]!;
    const symbol = kind === "symbol" ? value : "";
    if (symbol === "(") {
      if (depth === 0) expected = false;
      depth++;
    } else if (symbol === ")" && --depth < 0) break;
    else if (depth > 0) continue;
    else if (symbol === ",") expected = true;
    else if (kind === "word" && afterTables.has(value)) break;
    else if (expected && (kind === "word" || kind === "quoted")) {
      const name = [value];
      while (tokens[at + 1]?.value === "." && tokens[at + 2]) {
        name.push(tokens[at + 2]!.value);
        at += 2;
      }
      names.push(name);
      expected = false;
    }
  }
  return names;
}
