import type { Expression } from "../grammar/nodes";
import type { Assignment, Delete, Insert, Merge, MergeBranch, Target, Update } from "../grammar/statement-nodes";
import { writeExpression } from "./expressions";
import { writeCommonTables, writeQuery } from "./queries";
import { writeSource } from "./sources";
import { unwritable, type Writer } from "./writer";

export function writeInsert(to: Writer, { into, columns, query }: Insert): void {
  to.add("insert into ").dotted(into);
  if (columns) to.add(" ").names(columns);
  to.add(" ");
  if (query) writeQuery(to, query);
  else to.add("default values");
}

export function writeUpdate(to: Writer, node: Update): void {
  writeCommonTables(to, node.with);
  to.add("update ");
  writeTarget(to, node.target);
  to.add(" set ");
  writeAssignments(to, node.set);
  if (node.from.length > 0) to.add(" from ").list(node.from, (source) => writeSource(to, source));
  writeWhere(to, node.where);
}

export function writeDelete(to: Writer, node: Delete): void {
  writeCommonTables(to, node.with);
  to.add("delete from ");
  writeTarget(to, node.target);
  if (node.using.length > 0) to.add(" using ").list(node.using, (source) => writeSource(to, source));
  writeWhere(to, node.where);
}

export function writeMerge(to: Writer, node: Merge): void {
  if (node.removeDuplicates) unwritable("REMOVE DUPLICATES");
  to.add("merge into ");
  writeTarget(to, node.target);
  to.add(" using ");
  writeSource(to, node.source);
  to.add(" on ");
  writeExpression(to, node.on);
  for (const branch of node.branches) writeBranch(to, branch);
}

function writeBranch(to: Writer, branch: MergeBranch): void {
  switch (branch.kind) {
    case "merge-update":
      to.add(" when matched then update set ");
      writeAssignments(to, branch.set);
      return;
    case "merge-delete":
      to.add(" when matched then delete");
      return;
    case "merge-insert":
      to.add(" when not matched then insert ");
      if (branch.columns) to.names(branch.columns).add(" ");
      to.add("values (")
        .list(branch.values, (value) => writeExpression(to, value))
        .add(")");
      return;
  }
}

function writeTarget(to: Writer, { name, alias }: Target): void {
  to.dotted(name);
  if (alias !== undefined) to.add(" as ").name(alias);
}

function writeAssignments(to: Writer, set: readonly Assignment[]): void {
  to.list(set, ({ column, value }) => {
    to.name(column).add(" = ");
    writeExpression(to, value);
  });
}

function writeWhere(to: Writer, where: Expression | undefined): void {
  if (!where) return;
  to.add(" where ");
  writeExpression(to, where);
}
