import type { CommonTable, Query, QueryBody } from "../grammar/query-nodes";
import { DialectError } from "../statements";
import { lowerExpression, lowerSorts } from "./expressions";
import { type Column, innerScope, type Scope } from "./scope";
import { lowerSelect } from "./select";
import { common } from "./types";

/** A query in PostgreSQL's terms, with its columns where they are known. */
export interface LoweredQuery {
  readonly query: Query;
  readonly columns?: readonly Column[];
}

/** @param outer scope of the query itself, still without tables */
export function lowerQuery(outer: Scope, query: Query): LoweredQuery {
  const { scope, common: tables } = lowerCommonTables(outer, query.with);
  const { body } = query;
  if (body.kind === "select") {
    const select = lowerSelect(scope, body, query);
    return { query: { ...query, with: tables, ...select.query }, columns: select.columns };
  }
  const lowered = lowerBody(scope, body);
  return {
    query: { ...query, with: tables, body: lowered.body, ...lowerTail(scope, query) },
    columns: lowered.columns,
  };
}

/** ORDER BY, LIMIT and OFFSET of a query over others: they know the names of its columns only. */
function lowerTail(scope: Scope, query: Query): Pick<Query, "orderBy" | "limit" | "offset"> {
  return { orderBy: lowerSorts(scope, query.orderBy), ...lowerLimits(scope, query) };
}

export function lowerLimits(scope: Scope, { limit, offset }: Query): Pick<Query, "limit" | "offset"> {
  return {
    limit: limit && lowerExpression(scope, limit).node,
    offset: offset && lowerExpression(scope, offset).node,
  };
}

/** Common tables, and the scope of what may use them. */
export function lowerCommonTables(outer: Scope, tables: Query["with"]): { scope: Scope; common: Query["with"] } {
  if (!tables) return { scope: outer, common: undefined };
  const known = new Map(outer.commonTables);
  const scope: Scope = { ...outer, commonTables: known };
  const lowered = tables.tables.map((table): CommonTable => {
    // Of one that reads itself the columns are not known while it is read.
    if (tables.recursive) known.set(table.name, undefined);
    const { query, columns } = lowerQuery({ ...innerScope(scope, false), outer: outer.outer }, table.query);
    known.set(table.name, renamed(columns, table.columns));
    return { ...table, query };
  });
  return { scope, common: { recursive: tables.recursive, tables: lowered } };
}

/** Columns by the names of a list behind an alias, which may be shorter. */
export function renamed(
  columns: readonly Column[] | undefined,
  names: readonly string[] | undefined,
): readonly Column[] | undefined {
  if (!names) return columns;
  return columns?.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

interface LoweredBody {
  readonly body: QueryBody;
  readonly columns?: readonly Column[];
}

function lowerBody(scope: Scope, body: QueryBody): LoweredBody {
  switch (body.kind) {
    case "select": {
      const plain: Query = { kind: "query", at: body.at, body, orderBy: [] };
      const { query, columns } = lowerSelect({ ...scope, tables: [] }, body, plain);
      // TOP has become a limit, which needs a query of its own here.
      const nested = query.limit !== undefined;
      return {
        body: nested ? { kind: "nested-query", at: body.at, query: { ...plain, ...query } } : query.body,
        columns,
      };
    }
    case "nested-query": {
      const { query, columns } = lowerQuery({ ...scope, tables: [] }, body.query);
      return { body: { ...body, query }, columns };
    }
    case "values":
      throw new DialectError(
        "VALUES as a table is not supported",
        "Use SELECT … UNION ALL SELECT ….",
        "0A000",
        body.at,
      );
    case "set-operation": {
      const first = lowerBody(scope, body.first);
      let { columns } = first;
      const rest = body.rest.map((branch) => {
        const next = lowerBody(scope, branch.body);
        columns = columns?.map(({ name, type }, index) => ({ name, type: common(type, next.columns?.[index]?.type) }));
        return { ...branch, body: next.body };
      });
      return { body: { ...body, first: first.body, rest }, columns };
    }
  }
}
