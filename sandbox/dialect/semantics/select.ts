import type { Expression } from "../grammar/nodes";
import type { Grouping, Query, Select, SelectItem, Star, ValueItem } from "../grammar/query-nodes";
import { DialectError } from "../statements";
import { containsAggregate, containsWindow } from "./contents";
import { lowerCondition, lowerExpression, lowerSorts } from "./expressions";
import { lowerQualify } from "./qualify";
import { lowerLimits } from "./queries";
import { resultName } from "./result-names";
import type { Column, Lowered, Scope } from "./scope";
import { lowerSource } from "./sources";

/** A SELECT in PostgreSQL's terms: as the body of a query, with the clauses that belong to the query. */
export interface LoweredSelect {
  readonly query: Pick<Query, "body" | "orderBy" | "limit" | "offset">;
  readonly columns?: readonly Column[];
}

/** @param query the SELECT is the body of */
export function lowerSelect(outer: Scope, select: Select, query: Query): LoweredSelect {
  if (select.connectBy)
    throw new DialectError("CONNECT BY is not supported here", "Use a recursive common table.", "0A000", select.at);
  const aliases = new Map<string, Lowered>();
  const windows = new Map<string, Lowered>();
  const scope: Scope = { ...outer, tables: [] };
  const from = select.from.map((source) => lowerSource(scope, source));
  const where = lowerCondition(scope, select.where);
  const items = select.items.map((item) => lowerItem({ ...scope, aliases }, item, aliases, windows));
  const groupBy = lowerGroupings(scope, select);
  const having = lowerCondition(scope, select.having);
  const lowered: Select = {
    ...select,
    top: undefined,
    qualify: undefined,
    items: items.flatMap(({ items: each }) => each),
    from,
    where,
    groupBy,
    having,
  };
  const columns = items.every((item) => item.columns) ? items.flatMap((item) => item.columns!) : undefined;
  if (select.top && query.limit)
    throw new DialectError("TOP and LIMIT cannot both be given", undefined, "42601", select.at);
  const limits = lowerLimits(scope, select.top ? { ...query, limit: select.top } : query);
  const orderBy = lowerSorts(scope, query.orderBy);
  if (!select.qualify) return { query: { body: lowered, orderBy, ...limits }, columns };
  const test = lowerCondition({ ...scope, windows }, select.qualify)!;
  return { query: { body: lowerQualify(scope, lowered, test, orderBy), orderBy: [], ...limits }, columns };
}

interface LoweredItem {
  /** More than one where `*` leaves columns out. */
  readonly items: readonly SelectItem[];
  /** Undefined where they are not known. */
  readonly columns?: readonly Column[];
}

function lowerItem(
  scope: Scope,
  item: SelectItem,
  aliases: Map<string, Lowered>,
  windows: Map<string, Lowered>,
): LoweredItem {
  if (item.kind === "star") return lowerStar(scope, item);
  const lowered = lowerExpression(scope, item.value);
  const name = item.alias ?? resultName(item.value, true);
  if (item.alias !== undefined) {
    aliases.set(name, lowered);
    if (containsWindow(item.value)) windows.set(name, lowered);
  }
  return {
    items: [{ ...item, value: lowered.node, alias: aliasFor(item, lowered.node, name) }],
    columns: [{ name, type: lowered.type }],
  };
}

/** The name an entry needs, so that its column is called as in Redshift. */
function aliasFor(item: ValueItem, node: Expression, name: string): string | undefined {
  if (item.alias !== undefined) return item.alias;
  return resultName(node, false) === name ? undefined : name;
}

function lowerStar(scope: Scope, item: Star): LoweredItem {
  const { at, exclude } = item;
  const of = item.of?.at(-1);
  const tables = of === undefined ? scope.tables : scope.tables.filter((table) => table.alias === of);
  const known = tables.length > 0 && tables.every((table) => table.columns && table.indexOf === undefined);
  const all = tables.flatMap((table) =>
    (table.columns ?? [])
      .filter(({ name }) => of !== undefined || !table.joined?.includes(name))
      .map((column) => ({ ...column, alias: table.alias })),
  );
  if (!exclude)
    return { items: [item.of ? { ...item, of: starTable(scope, item.of) } : item], columns: known ? all : undefined };
  if (!known)
    throw new DialectError(
      "EXCLUDE over the columns of a table is not supported here",
      "Name the columns that remain.",
      "0A000",
      at,
    );
  const columns = all.filter(({ name }) => !exclude.includes(name));
  const items = columns.map(
    ({ name, alias }): ValueItem => ({
      kind: "item",
      at,
      value: { kind: "column", at, parts: alias ? [alias, name] : [name] },
    }),
  );
  return { items, columns };
}

/** `t.*`, `schema.t.*`: a table with an alias is known by that alone. */
function starTable(scope: Scope, of: readonly string[]): readonly string[] {
  const table = scope.tables.find((candidate) => candidate.alias === of.at(-1));
  return table && of.length > 1 ? (table.path ?? [table.alias]) : of;
}

/** GROUP BY ALL: all entries in which nothing is aggregated, by their places. */
function lowerGroupings(scope: Scope, select: Select): readonly Grouping[] {
  if (select.groupBy !== "all") return select.groupBy.map((grouping) => lowerGrouping(scope, grouping));
  return select.items.flatMap((item, index): Grouping[] => {
    if (item.kind === "star")
      throw new DialectError("GROUP BY ALL with * is not supported here", "Name the columns.", "0A000", item.at);
    if (containsAggregate(item.value)) return [];
    return [{ kind: "group-by", value: { kind: "number", at: item.at, text: String(index + 1) } }];
  });
}

function lowerGrouping(scope: Scope, grouping: Grouping): Grouping {
  switch (grouping.kind) {
    case "group-by":
      return { ...grouping, value: lowerExpression(scope, grouping.value).node };
    case "rollup":
    case "cube":
      return { ...grouping, values: grouping.values.map((value) => lowerExpression(scope, value).node) };
    case "grouping-sets":
      return { ...grouping, sets: grouping.sets.map((set) => lowerGrouping(scope, set)) };
    case "empty-set":
      return grouping;
  }
}
