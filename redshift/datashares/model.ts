import type { SharedObject } from "../catalog/datashares";
import { functionSignature, type SourceObjects } from "../catalog/source-objects";
import { type Fault, nameFaults } from "../faults";
import { splitQualified } from "../identifiers";
import type { DeclaredObjects } from "../schema/declared";

/** What of a schema is shared. */
export interface SharedSchema {
  /** `all` = every table and view there is at each reconciliation; or their names. */
  tables: "all" | string[];
  /** SQL functions as `name(type, type)`. */
  functions: "all" | string[];
  /** Whether Redshift itself shares what is created later. */
  includeNew: boolean;
}

/** A datashare as it should be. */
export interface DatashareDefinition {
  share: string;
  publicAccessible: boolean;
  schemas: Record<string, SharedSchema>;
}

/** Tables that schemas share by name, as `schema.table`, sorted. */
export function listedTables(schemas: DatashareDefinition["schemas"]): string[] {
  return Object.entries(schemas)
    .flatMap(([schema, { tables }]) => (tables === "all" ? [] : tables.map((table) => `${schema}.${table}`)))
    .sort();
}

/** Schemas that are shared with all tables that they have. */
export function wholeSchemas(schemas: DatashareDefinition["schemas"]): string[] {
  return Object.keys(schemas).filter((name) => schemas[name]!.tables === "all");
}

/** A datashare as the catalog shows it. */
export interface ObservedDatashare {
  sourceDatabase: string;
  publicAccessible: boolean;
  schemas: Map<string, { tables: Set<string>; functions: Set<string>; includeNew: boolean }>;
}

/** Sorts the catalog's rows of shared objects into schemas. */
export function observedSchemas(objects: readonly SharedObject[]): ObservedDatashare["schemas"] {
  const schemas: ObservedDatashare["schemas"] = new Map();
  for (const object of objects) {
    if (object.type !== "schema") continue;
    schemas.set(object.name, { tables: new Set(), functions: new Set(), includeNew: object.includeNew });
  }
  for (const object of objects) {
    if (object.type === "schema") continue;
    const parts = splitQualified(object.name, schemas.keys());
    if (!parts) continue;
    const schema = schemas.get(parts.schema)!;
    if (object.type.includes("function")) schema.functions.add(functionSignature(parts.name));
    else schema.tables.add(parts.name);
  }
  return schemas;
}

/**
 * The catalog's content in the words of a definition, so that the two can be compared. `all` is said only where the
 * definition at hand says so and nothing is missing.
 */
export function describeSchemas(
  observed: ObservedDatashare,
  source: SourceObjects,
  definition: Record<string, SharedSchema>,
): Record<string, SharedSchema> {
  const schemas: Record<string, SharedSchema> = {};
  for (const name of [...observed.schemas.keys()].sort()) {
    const schema = observed.schemas.get(name)!;
    const wanted = definition[name];
    const existing = source.get(name);
    const words = (shared: Set<string>, all: boolean, present: readonly string[] | undefined) =>
      all && (present ?? []).every((object) => shared.has(object)) ? ("all" as const) : [...shared].sort();
    schemas[name] = {
      tables: words(schema.tables, wanted?.tables === "all", existing?.tables),
      functions: words(schema.functions, wanted?.functions === "all", existing?.functions),
      includeNew: schema.includeNew,
    };
  }
  return schemas;
}

const signature = /^[a-z_][a-z0-9_$]*\([a-z0-9_ ,]*\)$/;

/** Everything that is wrong with a definition whatever the catalog says. */
export function datashareFaults(definition: DatashareDefinition): Fault[] {
  const faults: Fault[] = nameFaults("shareName", "datashare", definition.share);
  for (const [name, schema] of Object.entries(definition.schemas)) {
    const path = `schemas.${name}`;
    faults.push(...nameFaults(path, "schema", name));
    if (schema.includeNew && (schema.tables !== "all" || schema.functions !== "all")) {
      faults.push({
        path: `${path}.includeNew`,
        value: true,
        rule: "must be false where tables or functions are listed: Redshift would share every new object, listed or not",
        remedy: "Set tables (and functions) to all, or includeNew to false",
      });
    }
    if (schema.tables !== "all") {
      faults.push(...schema.tables.flatMap((table, index) => nameFaults(`${path}.tables[${index}]`, "table", table)));
    }
    if (schema.functions === "all") continue;
    for (const [index, name] of schema.functions.entries()) {
      if (signature.test(functionSignature(name))) continue;
      faults.push({
        path: `${path}.functions[${index}]`,
        value: name,
        rule: "must name a function with its argument types",
        remedy: 'Write it like "distance(float8, float8)"',
      });
    }
  }
  return faults;
}

/** Everything a share asks for that the schema files do not make, or that cannot be shared. */
export function undeclaredFaults(schemas: Record<string, SharedSchema>, declared: DeclaredObjects): Fault[] {
  const faults: Fault[] = [];
  for (const [name, { tables }] of Object.entries(schemas)) {
    const objects = declared.get(name);
    if (!objects) {
      faults.push({
        path: `schemas.${name}`,
        value: name,
        rule: "must be a schema that the schema files create",
        remedy: `Create it in a schema file, or name one of ${[...declared.keys()].join(", ")}`,
      });
      continue;
    }
    const unshareable = [...objects].filter(([, object]) => !object.shareable);
    if (tables === "all") {
      faults.push(
        ...unshareable.map(([table, object]) => ({
          path: `schemas.${name}.tables`,
          value: "all",
          rule: `must leave out ${name}.${table}: ${object.reason}`,
          remedy: "List the tables, or create that one in another schema",
        })),
      );
      continue;
    }
    for (const [index, table] of tables.entries()) {
      const object = objects.get(table);
      if (object?.shareable) continue;
      faults.push({
        path: `schemas.${name}.tables[${index}]`,
        value: table,
        rule: object
          ? `must be a table that can be shared: ${object.reason}`
          : "must be a table or view that the schema files create",
        remedy: object
          ? "Leave it out"
          : `Create it in a schema file, or name one of ${[...objects.keys()].join(", ")}`,
      });
    }
  }
  return faults;
}
