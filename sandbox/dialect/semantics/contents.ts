import type { Expression } from "../grammar/nodes";
import type { Query } from "../grammar/query-nodes";
import { knownFunction } from "./functions/table";
import { isCatalog } from "./names";

interface Node {
  readonly kind: string;
}

/** Whether a node below this one, queries within left out, is of a kind. */
export function contains(root: Expression, wanted: (node: Node) => boolean): boolean {
  const look = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(look);
    if (typeof value !== "object" || value === null) return false;
    if ("kind" in value && typeof value.kind === "string") {
      if (value.kind === "query") return false;
      if (wanted({ ...value, kind: value.kind })) return true;
    }
    return Object.values(value).some(look);
  };
  return look(root);
}

export function containsWindow(root: Expression): boolean {
  return contains(root, (node) => node.kind === "call" && "over" in node && node.over !== undefined);
}

export function containsAggregate(root: Expression): boolean {
  return contains(root, (node) => {
    if (node.kind !== "call" || !("name" in node) || !Array.isArray(node.name)) return false;
    const windowed = "over" in node && node.over !== undefined;
    return !windowed && (knownFunction(String(node.name.at(-1)))?.aggregate ?? false);
  });
}

/** Whether a query reads system catalogs and no table of a user. */
export function readsCatalogsOnly(query: Query): boolean {
  let catalogs = 0;
  let others = 0;
  const look = (value: unknown, common: ReadonlySet<string>): void => {
    if (Array.isArray(value)) for (const each of value) look(each, common);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    let known = common;
    if ("kind" in value && value.kind === "relation" && "name" in value && Array.isArray(value.name)) {
      const name = value.name.map(String);
      if (isCatalog(name)) catalogs++;
      else if (name.length > 1 || !common.has(name[0]!)) others++;
    }
    if ("with" in value && isCommon(value.with))
      known = new Set([...common, ...value.with.tables.map(({ name }) => name)]);
    for (const each of Object.values(value)) look(each, known);
  };
  look(query, new Set());
  return catalogs > 0 && others === 0;
}

function isCommon(value: unknown): value is NonNullable<Query["with"]> {
  return typeof value === "object" && value !== null && "tables" in value;
}
