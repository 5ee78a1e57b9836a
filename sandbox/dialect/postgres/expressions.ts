import type { Call, Expression, FrameBound, Sort, TypeName, Window, Worded } from "../grammar/nodes";
import { writeQuery } from "./queries";
import { unwritable, type Writer } from "./writer";

/** Functions that are words of PostgreSQL's grammar, so that quoting would make others of them. */
const grammarFunctions = new Set(["coalesce", "nullif", "greatest", "least", "grouping"]);

/** Writes an expression so that it reads the same wherever it stands: operators in parentheses, names quoted. */
export function writeExpression(to: Writer, node: Expression): void {
  const write = (inner: Expression) => writeExpression(to, inner);
  switch (node.kind) {
    case "string":
    case "number":
      to.add(node.text);
      return;
    case "parameter":
      to.add(`$${node.number}`);
      return;
    case "constant":
      to.add(node.value);
      return;
    case "typed-literal":
      writeType(to, { ...node.type, qualifier: undefined });
      to.add(` ${node.text}`);
      if (node.type.qualifier) to.add(` ${node.type.qualifier}`);
      return;
    case "column":
      to.dotted(node.parts);
      return;
    case "bare-function":
      to.add(node.name);
      return;
    case "field":
      parenthesised(to, node.of);
      to.add(".").name(node.name);
      return;
    case "index":
      parenthesised(to, node.of);
      to.add("[");
      write(node.index);
      to.add("]");
      return;
    case "unary":
      writeUnary(to, node.operator, node.operand);
      return;
    case "binary":
      joined(to, node.left, node.operator, node.right);
      return;
    case "logical":
      to.add("(").list(node.operands, write, ` ${node.operator} `).add(")");
      return;
    case "not":
      to.add("(not ");
      write(node.operand);
      to.add(")");
      return;
    case "is":
      to.add("(");
      write(node.operand);
      to.add(` is ${node.negated ? "not " : ""}${node.what})`);
      return;
    case "distinct-from":
      joined(to, node.left, node.negated ? "is not distinct from" : "is distinct from", node.right);
      return;
    case "in":
      to.add("(");
      write(node.operand);
      to.add(node.negated ? " not in (" : " in (");
      if ("kind" in node.among) writeQuery(to, node.among);
      else to.list(node.among, write);
      to.add("))");
      return;
    case "between":
      to.add("(");
      write(node.operand);
      to.add(node.negated ? " not between " : " between ");
      write(node.low);
      to.add(" and ");
      write(node.high);
      to.add(")");
      return;
    case "like":
      to.add("(");
      write(node.left);
      to.add(` ${node.negated ? "not " : ""}${node.operator} `);
      write(node.right);
      if (node.escape) {
        to.add(" escape ");
        write(node.escape);
      }
      to.add(")");
      return;
    case "quantified":
      to.add("(");
      write(node.left);
      to.add(` ${node.operator} ${node.quantifier} (`);
      writeQuery(to, node.query);
      to.add("))");
      return;
    case "at-time-zone":
      joined(to, node.operand, "at time zone", node.zone);
      return;
    case "case":
      writeCase(to, node.operand, node.branches, node.otherwise);
      return;
    case "cast":
      if (node.lenient) unwritable("TRY_CAST");
      to.add("cast(");
      write(node.operand);
      to.add(" as ");
      writeType(to, node.type);
      to.add(")");
      return;
    case "exists":
      to.add("exists (");
      writeQuery(to, node.query);
      to.add(")");
      return;
    case "scalar-query":
      to.add("(");
      writeQuery(to, node.query);
      to.add(")");
      return;
    case "row":
      to.add("(").list(node.values, write).add(")");
      return;
    case "extract":
      to.add("extract(").name(node.part).add(" from ");
      write(node.from);
      to.add(")");
      return;
    case "worded":
      writeWorded(to, node);
      return;
    case "call":
      writeCall(to, node);
      return;
    case "default":
      to.add("default");
      return;
    case "prior":
    case "outer-mark":
      unwritable(node.kind);
  }
}

function parenthesised(to: Writer, node: Expression): void {
  to.add("(");
  writeExpression(to, node);
  to.add(")");
}

function joined(to: Writer, left: Expression, operator: string, right: Expression): void {
  to.add("(");
  writeExpression(to, left);
  to.add(` ${operator} `);
  writeExpression(to, right);
  to.add(")");
}

/** A sign before a number belongs to it; between two signs there has to be a space, or they begin a comment. */
function writeUnary(to: Writer, operator: string, operand: Expression): void {
  if (operator === "-" && operand.kind === "number") {
    to.add(`(-${operand.text})`);
    return;
  }
  to.add(`(${operator} `);
  writeExpression(to, operand);
  to.add(")");
}

function writeCase(
  to: Writer,
  operand: Expression | undefined,
  branches: readonly { readonly when: Expression; readonly result: Expression }[],
  otherwise: Expression | undefined,
): void {
  to.add("case");
  if (operand) {
    to.add(" ");
    writeExpression(to, operand);
  }
  for (const { when, result } of branches) {
    to.add(" when ");
    writeExpression(to, when);
    to.add(" then ");
    writeExpression(to, result);
  }
  if (otherwise) {
    to.add(" else ");
    writeExpression(to, otherwise);
  }
  to.add(" end");
}

function writeWorded(to: Writer, node: Worded): void {
  to.add(`${node.name}(`);
  if (node.side) to.add(`${node.side} `);
  const words = [...node.words];
  if (words.length === node.values.length) to.add(`${words.shift()} `);
  node.values.forEach((value, index) => {
    if (index > 0) to.add(words[index - 1] === "," ? ", " : ` ${words[index - 1]} `);
    writeExpression(to, value);
  });
  to.add(")");
}

function writeCall(to: Writer, node: Call): void {
  if (node.nulls === "ignore") unwritable("IGNORE NULLS");
  if (node.approximate) unwritable("APPROXIMATE");
  const [first] = node.name;
  if (node.name.length === 1 && first && grammarFunctions.has(first)) to.add(first);
  else to.dotted(node.name);
  to.add("(");
  if (node.star) to.add("*");
  if (node.distinct) to.add("distinct ");
  to.list(node.values, (value) => writeExpression(to, value));
  writeOrderBy(to, node.orderBy ?? []);
  to.add(")");
  if (node.withinGroup) {
    to.add(" within group (");
    writeOrderBy(to, node.withinGroup);
    to.add(")");
  }
  if (node.over) writeWindow(to, node.over);
}

/** With a space before it; nothing where there is no order. */
export function writeOrderBy(to: Writer, orderBy: readonly Sort[]): void {
  if (orderBy.length === 0) return;
  to.add(" order by ").list(orderBy, ({ value, direction, nulls }) => {
    writeExpression(to, value);
    if (direction) to.add(` ${direction}`);
    if (nulls) to.add(` nulls ${nulls}`);
  });
}

function writeWindow(to: Writer, { partitionBy, orderBy, frame }: Window): void {
  to.add(" over (");
  if (partitionBy.length > 0) to.add("partition by ").list(partitionBy, (value) => writeExpression(to, value));
  writeOrderBy(to, orderBy);
  if (frame) {
    to.add(` ${frame.mode} ${frame.to ? "between " : ""}`);
    writeBound(to, frame.from);
    if (frame.to) {
      to.add(" and ");
      writeBound(to, frame.to);
    }
  }
  to.add(")");
}

function writeBound(to: Writer, bound: FrameBound): void {
  if (bound.kind === "current-row") {
    to.add("current row");
    return;
  }
  if (bound.offset) writeExpression(to, bound.offset);
  else to.add("unbounded");
  to.add(` ${bound.side}`);
}

/** A type in its own words; names that are none of PostgreSQL's words are quoted. */
export function writeType(to: Writer, type: TypeName): void {
  const [first = ""] = type.name;
  if (type.name.length === 1 && /^[a-z_][a-z0-9_ ]*$/.test(first)) to.add(first);
  else to.dotted(type.name);
  if (type.qualifier) to.add(` ${type.qualifier}`);
  if (type.modifiers.length > 0) {
    if (type.modifiers.includes("max")) unwritable("MAX as a length");
    to.add(`(${type.modifiers.join(", ")})`);
  }
  if (type.zone) to.add(` ${type.zone} time zone`);
}
