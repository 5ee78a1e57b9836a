import type { ColumnName, Expression } from "../grammar/nodes";
import { DialectError } from "../statements";
import { builtIn, castTo, text } from "./build";
import { lowerName } from "./names";
import { type Column, type Lowered, type Scope, type ScopeTable, tableNamed } from "./scope";
import { typeOf } from "./types";

const superType = typeOf("super");

/**
 * A column by whatever is before its name, and a path into SUPER by whatever is behind it. What is not found among the
 * tables whose columns are known is left for PostgreSQL to find, or to refuse.
 */
export function lowerColumn(scope: Scope, node: ColumnName): Lowered {
  const { parts, at } = node;
  const [first = "", ...rest] = parts;
  const table = tableNamed(scope, first);
  if (table?.element) return path({ node: column(at, [first, first]), type: superType }, rest);
  if (table?.indexOf !== undefined && rest.length === 0) return elementIndex(at, table);
  if (parts.length === 1) return unqualified(scope, node);
  if (table) return path(columnOf(at, [first], table, rest[0]!), rest.slice(1));
  const qualified = byPath(scope, node);
  if (qualified) return qualified;
  const own = unqualified(scope, { ...node, parts: [first] });
  return own.type || mayHaveMore(scope) ? path(own, rest) : { node };
}

function column(at: number, parts: readonly string[]): ColumnName {
  return { kind: "column", at, parts };
}

function columnOf(at: number, qualifier: readonly string[], table: ScopeTable, name: string): Lowered {
  const known = table.columns?.find((candidate) => candidate.name === name);
  return { node: column(at, [...qualifier, name]), type: known?.type };
}

/** Counted from 0 in Redshift and from 1 in PostgreSQL; the key of an object is a text. */
function elementIndex(at: number, table: ScopeTable): Lowered {
  const place = column(at, [table.indexOf!, table.alias]);
  if (table.columns) return { node: place, type: typeOf("varchar") };
  const one: Expression = { kind: "number", at, text: "1" };
  return { node: { kind: "binary", at, operator: "-", left: place, right: one }, type: typeOf("int8") };
}

function unqualified(scope: Scope, node: ColumnName): Lowered {
  const name = node.parts[0]!;
  for (let place: Scope | undefined = scope; place; place = place.outer) {
    const window = place.windows?.get(name);
    if (window) return window;
    const owners = place.tables.filter((table) => ownColumn(table, name));
    if (owners.length > 0) return { node, type: owners.length === 1 ? ownColumn(owners[0]!, name)!.type : undefined };
    if (place.tables.some(({ columns, element, indexOf }) => !columns && !element && indexOf === undefined))
      return { node };
    const alias = place.aliases?.get(name);
    if (alias) return alias;
  }
  return { node };
}

function ownColumn(table: ScopeTable, name: string): Column | undefined {
  if (table.joined?.includes(name)) return undefined;
  return table.columns?.find((candidate) => candidate.name === name);
}

function mayHaveMore(scope: Scope): boolean {
  return (
    scope.tables.some((table) => !table.columns && !table.element) || (scope.outer ? mayHaveMore(scope.outer) : false)
  );
}

/** `schema.table.column` and `database.schema.table.column`, of tables without an alias. */
function byPath(scope: Scope, { parts, at }: ColumnName): Lowered | undefined {
  for (const length of [3, 2]) {
    if (parts.length <= length) continue;
    const relation = lowerName(parts.slice(0, length), scope.surroundings);
    if (relation.length !== 2) continue;
    const [schema, name] = relation as [string, string];
    for (let place: Scope | undefined = scope; place; place = place.outer) {
      const found = place.tables.find((table) => table.path && isPath(table.path, schema, name));
      if (found) return path(columnOf(at, relation, found, parts[length]!), parts.slice(length + 1));
    }
  }
  return undefined;
}

function isPath(path: readonly string[], schema: string, name: string): boolean {
  return path.at(-1) === name && (path.length === 1 || path.at(-2) === schema);
}

/** Steps into a SUPER value: missing attributes and elements are null. */
export function path(base: Lowered, steps: readonly (string | number | Expression)[]): Lowered {
  if (steps.length === 0) return base;
  const { at } = base.node;
  if (base.type && base.type.kind !== "super")
    throw new DialectError(
      `navigation into a value of type ${base.type.kind}`,
      "Only SUPER has attributes and elements.",
      "42809",
      at,
    );
  const node = steps.reduce<Expression>((of, step) => {
    if (typeof step === "string") return builtIn(at, "jsonb_object_field", [of, text(at, step)]);
    const index: Expression =
      typeof step === "number" ? { kind: "number", at, text: String(step) } : castTo(step, "int4");
    return builtIn(at, "jsonb_array_element", [of, index]);
  }, base.node);
  return { node, type: superType };
}
