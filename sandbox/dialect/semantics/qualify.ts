import type { Expression, Sort } from "../grammar/nodes";
import type { Query, Select, SelectItem, Source, Star } from "../grammar/query-nodes";
import { DialectError } from "../statements";
import { resultName } from "./result-names";
import type { Scope } from "./scope";

const condition = "rs$qualify";
const rows = "rs$rows";

/**
 * `SELECT … QUALIFY condition` as a query over the same one with the condition as a further column. ORDER BY stays
 * inside, where it may use any column; a limit counts what is left.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_QUALIFY_clause.html
 *
 * @param select in PostgreSQL's terms
 */
export function lowerQualify(scope: Scope, select: Select, test: Expression, orderBy: readonly Sort[]): Select {
  const { at } = select;
  if (select.from.length === 0) throw new DialectError("QUALIFY needs a FROM clause", undefined, "42601", at);
  const entries = select.items.flatMap((item, index) => splitItem(scope, select.from, item, index));
  const column = (name: string): Expression => ({ kind: "column", at, parts: [rows, name] });
  const inner: Select = {
    ...select,
    distinct: false,
    into: undefined,
    items: [...entries.map(({ inside }) => inside), { kind: "item", at, value: test, alias: condition }],
  };
  const query: Query = { kind: "query", at, body: inner, orderBy };
  return {
    kind: "select",
    at,
    distinct: select.distinct,
    into: select.into,
    items: entries.map(({ outside }) => outside),
    from: [{ kind: "derived", at, query, alias: rows }],
    where: column(condition),
    groupBy: [],
  };
}

interface Entry {
  readonly inside: SelectItem;
  readonly outside: SelectItem;
}

function splitItem(scope: Scope, from: readonly Source[], item: SelectItem, index: number): Entry[] {
  const { at } = item;
  const named = `rs$${index + 1}`;
  const outer = (name: string): Expression => ({ kind: "column", at, parts: [rows, name] });
  if (item.kind === "star")
    return starTables(scope, from, item).map((table, position) => ({
      inside: { kind: "item", at, value: { kind: "column", at, parts: table }, alias: `${named}$${position}` },
      outside: { kind: "star", at, fieldsOf: outer(`${named}$${position}`) },
    }));
  const alias = item.alias ?? resultName(item.value, false);
  return [{ inside: { ...item, alias: named }, outside: { kind: "item", at, value: outer(named), alias } }];
}

/** What `*` stands for: the tables of FROM, each of them whole. */
function starTables(scope: Scope, from: readonly Source[], item: Star): (readonly string[])[] {
  if (item.of) return [item.of];
  if (from.some(joinsColumns))
    throw new DialectError(
      "SELECT * with QUALIFY over JOIN … USING is not supported here",
      "Name the columns, or join with ON.",
      "0A000",
      item.at,
    );
  return scope.tables.map((table) => [table.alias]);
}

function joinsColumns(source: Source): boolean {
  if (source.kind === "nested-source") return joinsColumns(source.source);
  if (source.kind !== "join") return false;
  return source.natural || source.using !== undefined || joinsColumns(source.left) || joinsColumns(source.right);
}
