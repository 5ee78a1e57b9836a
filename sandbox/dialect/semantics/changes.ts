import type { Query, QueryBody } from "../grammar/query-nodes";
import type {
  Assignment,
  Delete,
  Insert,
  Merge,
  MergeBranch,
  Statement,
  Target,
  Update,
} from "../grammar/statement-nodes";
import { DialectError } from "../statements";
import { lowerCondition, lowerExpression } from "./expressions";
import { isCatalog, lowerName } from "./names";
import { lowerCommonTables, lowerQuery } from "./queries";
import type { Scope } from "./scope";
import { lowerSource } from "./sources";

/** A statement in PostgreSQL's terms. */
export function lowerStatement(scope: Scope, tree: Statement): Statement {
  switch (tree.kind) {
    case "query":
      return lowerQuery(scope, tree).query;
    case "insert":
      return lowerInsert(scope, tree);
    case "update":
      return lowerUpdate(scope, tree);
    case "delete":
      return lowerDelete(scope, tree);
    case "merge":
      return lowerMerge(scope, tree);
  }
}

function lowerInsert(scope: Scope, tree: Insert): Insert {
  scope.found.usesTables = true;
  const into = changed(scope, tree.into, tree.at);
  const { query } = tree;
  if (query?.body.kind !== "values") return { ...tree, into, query: query && lowerQuery(scope, query).query };
  return { ...tree, into, query: { ...query, body: lowerRows(scope, query.body) } };
}

/** Rows of an INSERT are the only place of VALUES. */
function lowerRows(scope: Scope, body: QueryBody & { kind: "values" }): Query["body"] {
  return { ...body, rows: body.rows.map((row) => row.map((value) => lowerExpression(scope, value).node)) };
}

function lowerUpdate(outer: Scope, tree: Update): Update {
  const { scope, common } = lowerCommonTables(outer, tree.with);
  const target = lowerTarget(scope, tree.target);
  const from = tree.from.map((source) => lowerSource(scope, source));
  return {
    ...tree,
    with: common,
    target,
    from,
    set: lowerSet(scope, tree.set),
    where: lowerCondition(scope, tree.where),
  };
}

function lowerDelete(outer: Scope, tree: Delete): Delete {
  const { scope, common } = lowerCommonTables(outer, tree.with);
  const target = lowerTarget(scope, tree.target);
  const using = tree.using.map((source) => lowerSource(scope, source));
  return { ...tree, with: common, target, using, where: lowerCondition(scope, tree.where) };
}

function lowerMerge(scope: Scope, tree: Merge): Merge {
  if (tree.removeDuplicates)
    throw new DialectError(
      "REMOVE DUPLICATES is not supported here",
      "Use DELETE and INSERT in a transaction.",
      "0A000",
      tree.at,
    );
  const target = lowerTarget(scope, tree.target);
  const source = lowerSource(scope, tree.source);
  const branches = tree.branches.map((branch) => lowerBranch(scope, branch));
  return { ...tree, target, source, on: lowerCondition(scope, tree.on)!, branches };
}

function lowerBranch(scope: Scope, branch: MergeBranch): MergeBranch {
  switch (branch.kind) {
    case "merge-update":
      return { ...branch, set: lowerSet(scope, branch.set) };
    case "merge-insert":
      return { ...branch, values: branch.values.map((value) => lowerExpression(scope, value).node) };
    case "merge-delete":
      return branch;
  }
}

function lowerTarget(scope: Scope, target: Target): Target {
  const name = changed(scope, target.name, target.at);
  scope.found.usesTables = true;
  scope.tables.push({ alias: target.alias ?? name.at(-1)!, path: target.alias === undefined ? name : undefined });
  return { ...target, name };
}

function changed(scope: Scope, name: readonly string[], at: number): readonly string[] {
  if (isCatalog(name))
    throw new DialectError(`permission denied: "${name.join(".")}" is a system catalog`, undefined, "42501", at);
  return lowerName(name, scope.surroundings);
}

function lowerSet(scope: Scope, set: readonly Assignment[]): readonly Assignment[] {
  return set.map((assignment) => ({ ...assignment, value: lowerExpression(scope, assignment.value).node }));
}
