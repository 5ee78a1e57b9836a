import type { SourceObjects } from "../catalog/source-objects";
import { quoteIdentifier, quoteQualified } from "../identifiers";
import type { DatashareDefinition, ObservedDatashare } from "./model";

/** A definition that asks for what is not in the source database. */
export class MissingObjectsError extends Error {
  constructor(
    readonly share: string,
    readonly missing: readonly string[],
    available: readonly string[],
  ) {
    super(
      `Datashare ${share} names what its database does not have: ${missing.join(", ")}. ` +
        `Create it first, or correct the configuration; the database has ${available.join(", ") || "nothing to share"}.`,
    );
    this.name = "MissingObjectsError";
  }
}

/** `"schema"."function"(type, type)`; the types were checked when the definition was. */
function quoteFunction(schema: string, signature: string): string {
  const open = signature.indexOf("(");
  const name = open < 0 ? signature : signature.slice(0, open);
  return `${quoteQualified(schema, name)}${open < 0 ? "()" : signature.slice(open)}`;
}

function wanted(names: "all" | readonly string[], existing: readonly string[]): Set<string> {
  return new Set(names === "all" ? existing : names);
}

function refuseMissing(definition: DatashareDefinition, source: SourceObjects): void {
  const missing: string[] = [];
  for (const [name, schema] of Object.entries(definition.schemas)) {
    const existing = source.get(name);
    if (!existing) {
      missing.push(`schema ${name}`);
      continue;
    }
    for (const kind of ["tables", "functions"] as const) {
      const names = schema[kind];
      if (names === "all") continue;
      for (const object of names)
        if (!existing[kind].includes(object)) missing.push(`${kind.slice(0, -1)} ${name}.${object}`);
    }
  }
  if (missing.length === 0) return;
  const available = [...source].map(([schema, { tables }]) => `${schema} (${tables.slice(0, 20).join(", ")})`);
  throw new MissingObjectsError(definition.share, missing, available);
}

/**
 * The fewest statements that make the share what the definition says. Each can be run on its own: after any of them a
 * new plan from the catalog goes on from there.
 * @throws MissingObjectsError before anything is sent, when the database lacks what should be shared
 */
export function planDatashare(
  definition: DatashareDefinition,
  observed: ObservedDatashare | undefined,
  source: SourceObjects,
): string[] {
  refuseMissing(definition, source);
  const alter = `ALTER DATASHARE ${quoteIdentifier(definition.share)}`;
  const accessible = definition.publicAccessible ? "TRUE" : "FALSE";
  const statements: string[] = [];
  if (!observed) {
    statements.push(`CREATE DATASHARE ${quoteIdentifier(definition.share)} SET PUBLICACCESSIBLE ${accessible}`);
  } else if (observed.publicAccessible !== definition.publicAccessible) {
    statements.push(`${alter} SET PUBLICACCESSIBLE ${accessible}`);
  }

  for (const [name, schema] of observed?.schemas ?? []) {
    const keep = definition.schemas[name];
    const existing = source.get(name) ?? { tables: [], functions: [] };
    const tables = wanted(keep?.tables ?? [], existing.tables);
    const functions = wanted(keep?.functions ?? [], existing.functions);
    // A schema that includes new objects by itself must stop doing so before single ones are taken out.
    if (schema.includeNew && !keep?.includeNew) {
      statements.push(`${alter} SET INCLUDENEW = FALSE FOR SCHEMA ${quoteIdentifier(name)}`);
    }
    const surplusTables = [...schema.tables].filter((table) => !tables.has(table)).sort();
    if (surplusTables.length > 0) {
      statements.push(`${alter} REMOVE TABLE ${surplusTables.map((table) => quoteQualified(name, table)).join(", ")}`);
    }
    for (const signature of [...schema.functions].filter((each) => !functions.has(each)).sort()) {
      statements.push(`${alter} REMOVE FUNCTION ${quoteFunction(name, signature)}`);
    }
    if (!keep) statements.push(`${alter} REMOVE SCHEMA ${quoteIdentifier(name)}`);
  }

  for (const name of Object.keys(definition.schemas).sort()) {
    const schema = definition.schemas[name]!;
    const now = observed?.schemas.get(name);
    const existing = source.get(name)!;
    if (!now) statements.push(`${alter} ADD SCHEMA ${quoteIdentifier(name)}`);
    const tables = [...wanted(schema.tables, existing.tables)].filter((table) => !now?.tables.has(table)).sort();
    if (tables.length > 0 && schema.tables === "all" && !now?.tables.size) {
      statements.push(`${alter} ADD ALL TABLES IN SCHEMA ${quoteIdentifier(name)}`);
    } else if (tables.length > 0) {
      statements.push(`${alter} ADD TABLE ${tables.map((table) => quoteQualified(name, table)).join(", ")}`);
    }
    const functions = [...wanted(schema.functions, existing.functions)]
      .filter((each) => !now?.functions.has(each))
      .sort();
    if (functions.length > 0 && schema.functions === "all" && !now?.functions.size) {
      statements.push(`${alter} ADD ALL FUNCTIONS IN SCHEMA ${quoteIdentifier(name)}`);
    } else {
      for (const signature of functions) statements.push(`${alter} ADD FUNCTION ${quoteFunction(name, signature)}`);
    }
    if (schema.includeNew && !now?.includeNew) {
      statements.push(`${alter} SET INCLUDENEW = TRUE FOR SCHEMA ${quoteIdentifier(name)}`);
    }
  }
  return statements;
}
