import type { CommonTable, Grouping, Query, QueryBody, Select, SelectItem } from "../grammar/query-nodes";
import { writeExpression, writeOrderBy } from "./expressions";
import { writeSource } from "./sources";
import { unwritable, type Writer } from "./writer";

export function writeQuery(to: Writer, query: Query): void {
  writeCommonTables(to, query.with);
  writeBody(to, query.body);
  writeOrderBy(to, query.orderBy);
  if (query.limit) {
    to.add(" limit ");
    writeExpression(to, query.limit);
  }
  if (query.offset) {
    to.add(" offset ");
    writeExpression(to, query.offset);
  }
}

/** With a space behind it; nothing where there are none. */
export function writeCommonTables(to: Writer, common: Query["with"]): void {
  if (!common) return;
  to.add(common.recursive ? "with recursive " : "with ");
  to.list(common.tables, (table) => writeCommonTable(to, table)).add(" ");
}

function writeCommonTable(to: Writer, { name, columns, query }: CommonTable): void {
  to.name(name);
  if (columns) to.add(" ").names(columns);
  to.add(" as (");
  writeQuery(to, query);
  to.add(")");
}

function writeBody(to: Writer, body: QueryBody): void {
  switch (body.kind) {
    case "nested-query":
      to.add("(");
      writeQuery(to, body.query);
      to.add(")");
      return;
    case "values":
      to.add("values ").list(body.rows, (row) =>
        to
          .add("(")
          .list(row, (value) => writeExpression(to, value))
          .add(")"),
      );
      return;
    case "set-operation":
      writeBranch(to, body.first);
      for (const { operator, all, body: next } of body.rest) {
        to.add(` ${operator}${all ? " all" : ""} `);
        writeBranch(to, next);
      }
      return;
    case "select":
      writeSelect(to, body);
      return;
  }
}

function writeBranch(to: Writer, body: QueryBody): void {
  const nested = body.kind === "set-operation";
  if (nested) to.add("(");
  writeBody(to, body);
  if (nested) to.add(")");
}

function writeSelect(to: Writer, node: Select): void {
  if (node.top) unwritable("TOP");
  if (node.qualify) unwritable("QUALIFY");
  if (node.connectBy) unwritable("CONNECT BY");
  to.add(node.distinct ? "select distinct " : "select ").list(node.items, (item) => writeItem(to, item));
  if (node.into) to.add(node.into.temporary ? " into temporary " : " into ").dotted(node.into.name);
  if (node.from.length > 0) to.add(" from ").list(node.from, (source) => writeSource(to, source));
  if (node.where) {
    to.add(" where ");
    writeExpression(to, node.where);
  }
  if (node.groupBy === "all") unwritable("GROUP BY ALL");
  if (node.groupBy.length > 0) to.add(" group by ").list(node.groupBy, (grouping) => writeGrouping(to, grouping));
  if (node.having) {
    to.add(" having ");
    writeExpression(to, node.having);
  }
}

function writeItem(to: Writer, item: SelectItem): void {
  if (item.kind === "star") {
    if (item.exclude) unwritable("EXCLUDE");
    if (item.fieldsOf) {
      to.add("(");
      writeExpression(to, item.fieldsOf);
      to.add(").");
    }
    if (item.of) to.dotted(item.of).add(".");
    to.add("*");
    return;
  }
  writeExpression(to, item.value);
  if (item.alias !== undefined) to.add(" as ").name(item.alias);
}

function writeGrouping(to: Writer, grouping: Grouping): void {
  switch (grouping.kind) {
    case "group-by":
      writeExpression(to, grouping.value);
      return;
    case "rollup":
    case "cube":
      to.add(`${grouping.kind}(`)
        .list(grouping.values, (value) => writeExpression(to, value))
        .add(")");
      return;
    case "grouping-sets":
      to.add("grouping sets (")
        .list(grouping.sets, (set) => writeGrouping(to, set))
        .add(")");
      return;
    case "empty-set":
      to.add("()");
      return;
  }
}
