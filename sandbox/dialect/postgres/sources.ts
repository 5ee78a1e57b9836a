import type { Join, Source } from "../grammar/query-nodes";
import { writeExpression } from "./expressions";
import { writeQuery } from "./queries";
import { unwritable, type Writer } from "./writer";

/** An entry of FROM. */
export function writeSource(to: Writer, source: Source): void {
  switch (source.kind) {
    case "relation":
      if (source.index) unwritable("AT");
      to.dotted(source.name);
      writeAlias(to, source);
      return;
    case "function-source":
      if (source.lateral) to.add("lateral ");
      writeExpression(to, source.call);
      if (source.ordinality) to.add(" with ordinality");
      writeAlias(to, source);
      return;
    case "derived":
      to.add(source.lateral ? "lateral (" : "(");
      writeQuery(to, source.query);
      to.add(")");
      writeAlias(to, source);
      return;
    case "nested-source":
      to.add("(");
      writeSource(to, source.source);
      to.add(")");
      return;
    case "join":
      writeJoin(to, source);
      return;
    case "path-source":
    case "pivot":
    case "unpivot":
      unwritable(source.kind);
  }
}

function writeAlias(to: Writer, { alias, columns }: { alias?: string; columns?: readonly string[] }): void {
  if (alias === undefined) return;
  to.add(" as ").name(alias);
  if (columns) to.add(" ").names(columns);
}

function writeJoin(to: Writer, node: Join): void {
  writeSource(to, node.left);
  to.add(` ${node.natural ? "natural " : ""}${node.type} join `);
  const nested = node.right.kind === "join";
  if (nested) to.add("(");
  writeSource(to, node.right);
  if (nested) to.add(")");
  if (node.on) {
    to.add(" on ");
    writeExpression(to, node.on);
  }
  if (node.using) to.add(" using ").names(node.using);
}
