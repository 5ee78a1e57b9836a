import { visibleCatalog } from "../catalogs";
import type { Call, Expression } from "../grammar/nodes";
import type { Derived, FunctionSource, Join, PathSource, Relation, Source } from "../grammar/query-nodes";
import { DialectError } from "../statements";
import { builtIn } from "./build";
import { lowerCall } from "./calls";
import { lowerColumn } from "./columns";
import { lowerCondition, lowerExpression } from "./expressions";
import { isCatalog, lowerName } from "./names";
import { lowerPivot, lowerUnpivot } from "./pivot";
import { lowerQuery, renamed } from "./queries";
import { innerScope, type Scope, tableNamed } from "./scope";
import { typeOf } from "./types";

/** An entry of FROM in PostgreSQL's terms; its tables are added to the scope. */
export function lowerSource(scope: Scope, source: Source): Source {
  switch (source.kind) {
    case "relation":
      return lowerRelation(scope, source);
    case "function-source":
      return lowerFunction(scope, source);
    case "path-source":
      return lowerPath(scope, source);
    case "derived":
      return lowerDerived(scope, source);
    case "nested-source":
      return { ...source, source: lowerSource(scope, source.source) };
    case "join":
      return lowerJoin(scope, source);
    case "pivot":
      return lowerPivot(scope, source);
    case "unpivot":
      return lowerUnpivot(scope, source);
  }
}

function lowerRelation(scope: Scope, source: Relation): Source {
  const { name, at, alias, columns, index } = source;
  const [first = ""] = name;
  // An array within a table before it.
  if (name.length > 1 && tableNamed(scope, first))
    return unnested(scope, source, lowerColumn(scope, { kind: "column", at, parts: name }).node);
  if (index !== undefined) throw new DialectError("AT is for arrays of SUPER", undefined, "42601", at);
  if (name.length === 1 && scope.commonTables.has(first)) {
    const of = scope.commonTables.get(first);
    scope.tables.push({ alias: alias ?? first, path: alias ? undefined : name, columns: renamed(of, columns) });
    return source;
  }
  const catalog = isCatalog(name);
  if (!catalog) scope.found.usesTables = true;
  const visible = catalog ? visibleCatalog(name) : undefined;
  const lowered = visible ? ["pg_catalog", visible] : lowerName(name, scope.surroundings);
  const known = alias ?? (visible ? name.at(-1) : undefined);
  scope.tables.push({ alias: known ?? name.at(-1)!, path: known === undefined ? lowered : undefined });
  return { ...source, name: lowered, alias: known };
}

function lowerFunction(scope: Scope, source: FunctionSource): Source {
  const { node } = lowerCall(scope, source.call);
  if (node.kind !== "call")
    throw new DialectError(`${source.call.name.join(".")} gives no rows`, undefined, "0A000", source.at);
  const call: Call = node;
  scope.tables.push({ alias: source.alias ?? source.call.name.at(-1)! });
  return { ...source, call };
}

function lowerPath(scope: Scope, source: PathSource): Source {
  return unnested(scope, source, lowerExpression(scope, source.path).node);
}

/**
 * The elements of an array, or with UNPIVOT the attributes of an object, each under the alias.
 * https://docs.aws.amazon.com/redshift/latest/dg/query-super.html
 */
function unnested(scope: Scope, source: Relation | PathSource, value: Expression): Source {
  const { at, alias, index } = source;
  if (alias === undefined) throw new DialectError("an array in FROM needs an alias", undefined, "42601", at);
  const object = source.kind === "path-source" && source.object;
  scope.tables.push({ alias, element: true, columns: [{ name: alias, type: typeOf("super") }] });
  const place = index ?? "rs$index";
  if (index !== undefined) scope.tables.push({ alias: index, indexOf: alias, columns: object ? [] : undefined });
  const call = builtIn(at, object ? "rs_attributes" : "rs_elements", [value]);
  const columns = object ? [place, alias] : index === undefined ? [alias] : [alias, place];
  return {
    kind: "function-source",
    at,
    call,
    lateral: true,
    ordinality: !object && index !== undefined,
    alias,
    columns,
  };
}

function lowerDerived(scope: Scope, source: Derived): Source {
  const { query, columns } = lowerQuery(innerScope(scope, false), source.query);
  const { alias } = source;
  if (alias !== undefined) scope.tables.push({ alias, columns: renamed(columns, source.columns) });
  else scope.tables.push({ alias: "", columns });
  return { ...source, query };
}

function lowerJoin(scope: Scope, source: Join): Source {
  const left = lowerSource(scope, source.left);
  const before = scope.tables.length;
  const right = lowerSource(scope, source.right);
  const { using } = source;
  if (using || source.natural)
    for (let index = before; index < scope.tables.length; index++) {
      const table = scope.tables[index]!;
      // Which columns NATURAL joins is not known here: none of the table's are.
      scope.tables[index] = using ? { ...table, joined: using } : { ...table, columns: undefined };
    }
  return { ...source, left, right, on: lowerCondition(scope, source.on) };
}
