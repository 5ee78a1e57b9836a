import type { BareFunction, Call, Expression, Sort } from "../grammar/nodes";
import { DialectError } from "../statements";
import { builtIn } from "./build";
import { lowerExpression, lowerSorts, lowerWindow } from "./expressions";
import { functionOf } from "./functions";
import { rules } from "./functions/rules";
import type { KnownFunction } from "./functions/table";
import { lowerName } from "./names";
import type { Lowered, Scope } from "./scope";
import { common, type Type, type TypeKind, typeOf } from "./types";

/** A call whose parts are in PostgreSQL's terms already. */
export interface LoweredCall {
  /** As it was read. */
  readonly node: Call;
  readonly at: number;
  readonly name: string;
  readonly values: readonly Lowered[];
  readonly withinGroup?: readonly Sort[];
  readonly over?: Call["over"];
  /** The call as it is, with its values lowered. */
  readonly plain: Call;
}

/** Functions whose first value is the name of a part of a date, with or without quotes. */
const withPart = new Set(["dateadd", "date_add", "datediff", "date_diff", "date_part", "date_trunc"]);

export function lowerCall(scope: Scope, node: Call): Lowered {
  const known = functionOf(node);
  const name = known ? node.name.at(-1)! : "";
  if (node.nulls === "ignore")
    throw new DialectError(
      "IGNORE NULLS is not supported here",
      "Leave out the nulls in a query inside.",
      "0A000",
      node.at,
    );
  if (known?.leader) scope.found.leaderCalls.push({ name, at: node.at });
  const values = node.values.map((value, index) =>
    index === 0 && withPart.has(name) ? { node: value } : lowerExpression(scope, value),
  );
  const withinGroup = node.withinGroup && lowerSorts(scope, node.withinGroup);
  const over = node.over && lowerWindow(scope, node.over);
  const plain: Call = {
    ...node,
    name: known ? (node.name.length > 1 ? ["pg_catalog", name] : node.name) : lowerName(node.name, scope.surroundings),
    values: values.map((value) => value.node),
    approximate: false,
    nulls: undefined,
    withinGroup,
    over,
  };
  if (!known) return { node: plain };
  const call: LoweredCall = { node, at: node.at, name, values, withinGroup, over, plain };
  return rules.get(name)?.(call) ?? { node: plain, type: resultOf(known, values) };
}

function resultOf({ result }: KnownFunction, values: readonly Lowered[]): Type | undefined {
  switch (result) {
    case "any":
    case "rule":
      return undefined;
    case "first":
      return values[0]?.type;
    case "common":
      return values.map((value) => value.type).reduce(common);
    default:
      return typeOf(result);
  }
}

/** Those of them that PostgreSQL has no word for, and the types of all. */
const bare: Readonly<Record<string, { readonly type: TypeKind; readonly own?: boolean }>> = {
  current_date: { type: "date" },
  current_time: { type: "timetz" },
  current_timestamp: { type: "timestamptz" },
  localtime: { type: "time" },
  localtimestamp: { type: "timestamp" },
  current_user: { type: "name" },
  session_user: { type: "name" },
  user: { type: "name" },
  sysdate: { type: "timestamp", own: true },
  current_user_id: { type: "int4", own: true },
  current_namespace: { type: "varchar", own: true },
  current_aws_account: { type: "varchar", own: true },
};

export function lowerBareFunction(node: BareFunction): Lowered {
  const known = bare[node.name]!;
  const written: Expression = known.own ? builtIn(node.at, node.name, []) : node;
  return { node: written, type: typeOf(known.type) };
}
