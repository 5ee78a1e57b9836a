import type { Call, Expression } from "../grammar/nodes";
import type { Pivot, Query, Select, SelectItem, Source, Unpivot, ValueItem } from "../grammar/query-nodes";
import { DialectError } from "../statements";
import { text } from "./build";
import { contains } from "./contents";
import { lowerExpression } from "./expressions";
import { knownFunction } from "./functions/table";
import { resultName } from "./result-names";
import { type Column, innerScope, type Scope } from "./scope";
import { lowerSource } from "./sources";
import { common, type Type, typeOf } from "./types";

/**
 * PIVOT as one aggregate for each value and each aggregate, grouped by the columns that neither uses.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_FROM_clause-pivot-unpivot-examples.html
 */
export function lowerPivot(scope: Scope, source: Pivot): Source {
  const { at, alias } = source;
  const inner = innerScope(scope, false);
  const base = lowerSource(inner, source.source);
  const used = new Set([source.column, ...source.aggregates.flatMap((item) => columnsOf(item.value))]);
  const left = columnsUnder(inner, at, "PIVOT").filter(({ name }) => !used.has(name));
  const items: SelectItem[] = left.map(({ name }) => columnItem(at, name));
  const columns: Column[] = [...left];
  for (const value of source.values)
    for (const aggregate of source.aggregates) {
      const { node, type } = lowerExpression(inner, only(aggregate.value, source.column, value.value));
      const name = pivotedName(value, aggregate, source.aggregates.length > 1);
      items.push({ kind: "item", at, value: node, alias: name });
      columns.push({ name, type });
    }
  const groupBy = left.map(({ name }) => ({ kind: "group-by", value: column(at, name) }) as const);
  const select: Select = { kind: "select", at, distinct: false, items, from: [base], groupBy };
  return derived(scope, at, select, alias, source.columns, columns);
}

/** An aggregate over the rows that have a value in a column. */
function only(aggregate: Expression, name: string, value: Expression): Call {
  const { at } = aggregate;
  if (aggregate.kind !== "call" || !knownFunction(aggregate.name.at(-1)!)?.aggregate)
    throw new DialectError("PIVOT needs aggregate functions", undefined, "42601", at);
  const when: Expression = { kind: "distinct-from", at, negated: true, left: column(at, name), right: value };
  const [first = { kind: "number", at, text: "1" }, ...rest] = aggregate.values;
  return { ...aggregate, star: false, values: [{ kind: "case", at, branches: [{ when, result: first }] }, ...rest] };
}

function pivotedName(value: ValueItem, aggregate: ValueItem, several: boolean): string {
  const own =
    value.alias ?? (value.value.kind === "string" ? value.value.text.slice(1, -1).toLowerCase() : plain(value.value));
  const behind = aggregate.alias ?? (several ? resultName(aggregate.value, true) : undefined);
  return behind === undefined ? own : `${own}_${behind}`;
}

function plain(value: Expression): string {
  if (value.kind === "number") return value.text;
  if (value.kind === "constant") return value.value;
  throw new DialectError("a value of PIVOT that is no literal needs a name", undefined, "0A000", value.at);
}

/** UNPIVOT as a row for each of the columns of a row, beside those that are left. */
export function lowerUnpivot(scope: Scope, source: Unpivot): Source {
  const { at, alias } = source;
  const inner = innerScope(scope, false);
  const base = lowerSource(inner, source.source);
  const all = columnsUnder(inner, at, "UNPIVOT");
  let type: Type | undefined = typeOf("unknown");
  const rows = source.inputs.map((input) => {
    const known =
      input.value.kind === "column" ? all.find(({ name }) => name === resultName(input.value, true)) : undefined;
    if (!known) throw new DialectError("UNPIVOT takes columns of its source", undefined, "42703", input.at);
    type = common(type, known.type);
    return [text(at, input.alias ?? known.name), column(at, known.name)];
  });
  const inputs = new Set(source.inputs.map((input) => resultName(input.value, true)));
  const left = all.filter(({ name }) => !inputs.has(name));
  const pairs = "rs$pairs";
  const body: Query = { kind: "query", at, body: { kind: "values", at, rows }, orderBy: [] };
  const pair: Source = {
    kind: "derived",
    at,
    query: body,
    lateral: true,
    alias: pairs,
    columns: [source.column, source.value],
  };
  const ofPair = (name: string): Expression => ({ kind: "column", at, parts: [pairs, name] });
  const select: Select = {
    kind: "select",
    at,
    distinct: false,
    items: [
      ...left.map(({ name }) => columnItem(at, name)),
      { kind: "item", at, value: ofPair(source.column) },
      { kind: "item", at, value: ofPair(source.value) },
    ],
    from: [base, pair],
    where: source.includeNulls
      ? undefined
      : { kind: "is", at, operand: ofPair(source.value), negated: true, what: "null" },
    groupBy: [],
  };
  const columns = [...left, { name: source.column, type: typeOf("varchar") }, { name: source.value, type }];
  return derived(scope, at, select, alias, source.columns, columns);
}

function derived(
  scope: Scope,
  at: number,
  body: Select,
  alias: string | undefined,
  names: readonly string[] | undefined,
  columns: readonly Column[],
): Source {
  const known = columns.map((each, index) => ({ ...each, name: names?.[index] ?? each.name }));
  scope.tables.push({ alias: alias ?? "", columns: known });
  return { kind: "derived", at, query: { kind: "query", at, body, orderBy: [] }, alias, columns: names };
}

/** All columns of a source. What a table has is not known before the statement runs. */
function columnsUnder(scope: Scope, at: number, clause: string): readonly Column[] {
  if (scope.tables.every((table) => table.columns && !table.joined))
    return scope.tables.flatMap((table) => table.columns!);
  throw new DialectError(
    `${clause} over a table is not supported here`,
    `Name the columns in a query: FROM (SELECT a, b, c FROM …) ${clause} (…).`,
    "0A000",
    at,
  );
}

function columnsOf(root: Expression): string[] {
  const names: string[] = [];
  contains(root, (node) => {
    if (node.kind === "column" && "parts" in node && Array.isArray(node.parts)) names.push(String(node.parts.at(-1)));
    return false;
  });
  return names;
}

function column(at: number, name: string): Expression {
  return { kind: "column", at, parts: [name] };
}

function columnItem(at: number, name: string): ValueItem {
  return { kind: "item", at, value: column(at, name) };
}
