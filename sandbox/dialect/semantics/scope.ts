import type { Expression } from "../grammar/nodes";
import type { Surroundings } from "./names";
import type { Type } from "./types";

export interface Column {
  readonly name: string;
  readonly type?: Type;
}

/** An expression in PostgreSQL's terms, with its type where that is known. */
export interface Lowered {
  readonly node: Expression;
  readonly type?: Type;
}

/** A table among those of a FROM. */
export interface ScopeTable {
  readonly alias: string;
  /** As it stands for PostgreSQL, of a table without an alias: columns may be qualified by all of it. */
  readonly path?: readonly string[];
  /** Undefined where they are not known. */
  readonly columns?: readonly Column[];
  /** An array that is unnested: its alias is the element. */
  readonly element?: boolean;
  /** The index or key of the element `of`, by its own name. */
  readonly indexOf?: string;
  /** Columns that USING or NATURAL joined to those of an earlier table. */
  readonly joined?: readonly string[];
}

/** What names stand for at one place of a statement. */
export interface Scope {
  readonly surroundings: Surroundings;
  /** What the whole statement was found to do. */
  readonly found: Found;
  readonly tables: ScopeTable[];
  readonly commonTables: ReadonlyMap<string, readonly Column[] | undefined>;
  readonly outer?: Scope;
  /** Names of the select list so far. */
  readonly aliases?: ReadonlyMap<string, Lowered>;
  /** Those of them that are window functions, in QUALIFY, where no column is preferred to them. */
  readonly windows?: ReadonlyMap<string, Lowered>;
}

/** Notes on a statement as a whole. */
export interface Found {
  /** Whether it reads or writes tables of users. */
  usesTables: boolean;
  /** Calls that only the leader node can do. */
  readonly leaderCalls: { readonly name: string; readonly at: number }[];
}

/** The scope of a query that stands in `outer`, or of one beside it. */
export function innerScope(outer: Scope, correlated: boolean): Scope {
  const { surroundings, found, commonTables } = outer;
  return { surroundings, found, commonTables, tables: [], outer: correlated ? outer : outer.outer };
}

/** The table by its alias, the nearest one. */
export function tableNamed(scope: Scope | undefined, alias: string): ScopeTable | undefined {
  for (let place = scope; place; place = place.outer) {
    const table = place.tables.find((candidate) => candidate.alias === alias);
    if (table) return table;
  }
  return undefined;
}
