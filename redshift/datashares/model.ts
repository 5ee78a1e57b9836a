import type { SharedObject } from "../catalog/datashares";
import { functionSignature, type SourceObjects } from "../catalog/source-objects";
import { type NameKind, nameFault, splitQualified } from "../identifiers";

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

/** A fault of a definition: the path to the key, what the rule is, and what to do. */
export interface Fault {
  path: string;
  reason: string;
}

const signature = /^[a-z_][a-z0-9_$]*\([a-z0-9_ ,]*\)$/;

/** Everything that is wrong with a definition whatever the catalog says. */
export function datashareFaults(definition: DatashareDefinition): Fault[] {
  const faults: Fault[] = [];
  const check = (path: string, kind: NameKind, name: string) => {
    const fault = nameFault(kind, name);
    if (fault) faults.push({ path, reason: `${JSON.stringify(name)}: ${fault.rule} ${fault.remedy}` });
  };
  check("shareName", "datashare", definition.share);
  for (const [name, schema] of Object.entries(definition.schemas)) {
    const path = `schemas.${name}`;
    check(path, "schema", name);
    if (schema.includeNew && (schema.tables !== "all" || schema.functions !== "all")) {
      faults.push({
        path: `${path}.includeNew`,
        reason:
          "true: Redshift then shares every new object of the schema, so a list of names cannot hold. Set tables (and functions) to all, or includeNew to false.",
      });
    }
    if (schema.tables !== "all") {
      for (const [index, table] of schema.tables.entries()) check(`${path}.tables[${index}]`, "table", table);
    }
    if (schema.functions !== "all") {
      for (const [index, name] of schema.functions.entries()) {
        if (signature.test(functionSignature(name))) continue;
        faults.push({
          path: `${path}.functions[${index}]`,
          reason: `${JSON.stringify(name)}: A function is named with its argument types. Write it like "distance(float8, float8)".`,
        });
      }
    }
  }
  return faults;
}
