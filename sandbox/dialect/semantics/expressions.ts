import { datePart } from "../dateparts";
import type { Between, Case, Expression, Extract, In, Like, Sort, Window } from "../grammar/nodes";
import { DialectError } from "../statements";
import { boolean, template } from "./build";
import { lowerBareFunction, lowerCall } from "./calls";
import { comparable, condition, lowerCast, textual, varchar } from "./casts";
import { lowerColumn, path } from "./columns";
import { lowerBinary } from "./operators";
import { lowerQuery } from "./queries";
import { innerScope, type Lowered, type Scope } from "./scope";
import { lowerType } from "./type-names";
import { common, literalType, type Type, typeOf } from "./types";

/** An expression in PostgreSQL's terms. @throws DialectError for what Redshift has not, or the sandbox has not */
export function lowerExpression(scope: Scope, node: Expression): Lowered {
  const lower = (inner: Expression) => lowerExpression(scope, inner);
  switch (node.kind) {
    case "string":
      return { node, type: typeOf("unknown") };
    case "number":
      return { node, type: literalType(node.text) };
    case "parameter":
    case "default":
      return { node };
    case "constant":
      return { node, type: typeOf(node.value === "null" ? "unknown" : "bool") };
    case "typed-literal": {
      const { node: type, type: known } = lowerType(node.type);
      return { node: { ...node, type: { ...type, qualifier: node.type.qualifier } }, type: known };
    }
    case "column":
      return lowerColumn(scope, node);
    case "bare-function":
      return lowerBareFunction(node);
    case "field":
      return path(lower(node.of), [node.name]);
    case "index":
      return lowerIndex(scope, node.of, node.index);
    case "unary": {
      const operand = lower(node.operand);
      const type = node.operator.includes("/") ? typeOf("float8") : operand.type;
      return { node: { ...node, operand: operand.node }, type };
    }
    case "binary":
      return lowerBinary(node, lower(node.left), lower(node.right));
    case "logical":
      return { node: { ...node, operands: node.operands.map((operand) => condition(lower(operand))) }, type: boolean };
    case "not":
      return { node: { ...node, operand: condition(lower(node.operand)) }, type: boolean };
    case "is": {
      const operand = lower(node.operand);
      return { node: { ...node, operand: node.what === "null" ? operand.node : condition(operand) }, type: boolean };
    }
    case "distinct-from": {
      const [left, right] = [lower(node.left), lower(node.right)];
      return { node: { ...node, left: comparable(left, right), right: comparable(right, left) }, type: boolean };
    }
    case "in":
      return { node: lowerIn(scope, node), type: boolean };
    case "between":
      return { node: lowerBetween(scope, node), type: boolean };
    case "like":
      return { node: lowerLike(scope, node), type: boolean };
    case "quantified":
      return {
        node: { ...node, left: lower(node.left).node, query: subquery(scope, node.query).query },
        type: boolean,
      };
    case "at-time-zone": {
      const operand = lower(node.operand);
      const type = operand.type && typeOf(operand.type.kind === "timestamptz" ? "timestamp" : "timestamptz");
      return { node: { ...node, operand: operand.node, zone: lower(node.zone).node }, type };
    }
    case "case":
      return lowerCase(scope, node);
    case "cast":
      return lowerCast(lower(node.operand), node.type, node.lenient);
    case "exists":
      return { node: { ...node, query: subquery(scope, node.query).query }, type: boolean };
    case "scalar-query": {
      const { query, columns } = subquery(scope, node.query);
      return { node: { ...node, query }, type: columns?.[0]?.type };
    }
    case "row":
      return { node: { ...node, values: node.values.map((value) => lower(value).node) } };
    case "extract":
      return lowerExtract(scope, node);
    case "worded": {
      const values = node.values.map((value, index) => {
        const part = lower(value);
        return node.name === "substring" && index > 0 ? part.node : textual(part);
      });
      return { node: { ...node, values }, type: node.name === "position" ? typeOf("int4") : varchar };
    }
    case "call":
      return lowerCall(scope, node);
    case "prior":
      throw new DialectError("PRIOR is not supported here", "Use a recursive common table.", "0A000", node.at);
    case "outer-mark":
      throw new DialectError("an outer join by (+) is not supported here", "Use LEFT JOIN.", "0A000", node.at);
  }
}

/** A query within an expression, which may use the columns around it. */
function subquery(scope: Scope, query: Parameters<typeof lowerQuery>[1]) {
  return lowerQuery(innerScope(scope, true), query);
}

export function lowerCondition(scope: Scope, node: Expression | undefined): Expression | undefined {
  return node && condition(lowerExpression(scope, node));
}

function lowerIndex(scope: Scope, of: Expression, index: Expression): Lowered {
  const base = lowerExpression(scope, of);
  if (index.kind === "number") return path(base, [Number(index.text)]);
  if (index.kind === "string") return path(base, [index.text.slice(1, -1)]);
  return path(base, [lowerExpression(scope, index).node]);
}

function lowerIn(scope: Scope, node: In): Expression {
  const operand = lowerExpression(scope, node.operand);
  if ("kind" in node.among) return { ...node, operand: operand.node, among: subquery(scope, node.among).query };
  const among = node.among.map((value) => comparable(lowerExpression(scope, value), operand));
  return { ...node, operand: operand.node, among };
}

function lowerBetween(scope: Scope, node: Between): Expression {
  const operand = lowerExpression(scope, node.operand);
  const bound = (value: Expression) => comparable(lowerExpression(scope, value), operand);
  return { ...node, operand: operand.node, low: bound(node.low), high: bound(node.high) };
}

function lowerLike(scope: Scope, node: Like): Expression {
  const part = (value: Expression) => textual(lowerExpression(scope, value));
  return { ...node, left: part(node.left), right: part(node.right), escape: node.escape && part(node.escape) };
}

function lowerCase(scope: Scope, node: Case): Lowered {
  let type: Type | undefined = typeOf("unknown");
  const result = (value: Expression): Expression => {
    const lowered = lowerExpression(scope, value);
    type = common(type, lowered.type);
    return lowered.node;
  };
  const branches = node.branches.map(({ when, result: value }) => {
    const test = lowerExpression(scope, when);
    return { when: node.operand ? test.node : condition(test), result: result(value) };
  });
  const otherwise = node.otherwise && result(node.otherwise);
  const operand = node.operand && lowerExpression(scope, node.operand).node;
  return { node: { ...node, operand, branches, otherwise }, type };
}

const whole = template("cast(floor($1) as int8)");
const small = template("cast($1 as int4)");
const fine = new Set(["epoch", "second", "milliseconds", "microseconds"]);

/** Integers, but of a TIMESTAMPTZ. https://docs.aws.amazon.com/redshift/latest/dg/r_EXTRACT_function.html */
function lowerExtract(scope: Scope, node: Extract): Lowered {
  const from = lowerExpression(scope, node.from);
  const part = datePart(node.part) ?? node.part;
  const extract: Expression = { ...node, part, from: from.node };
  if (!fine.has(part)) return { node: small(node.at, extract), type: typeOf("int4") };
  if (!from.type || from.type.kind === "timestamptz") return { node: extract, type: typeOf("float8") };
  return { node: whole(node.at, extract), type: typeOf("int8") };
}

export function lowerSorts(scope: Scope, sorts: readonly Sort[]): readonly Sort[] {
  return sorts.map((sort) => ({ ...sort, value: lowerExpression(scope, sort.value).node }));
}

export function lowerWindow(scope: Scope, window: Window): Window {
  const partitionBy = window.partitionBy.map((value) => lowerExpression(scope, value).node);
  return { ...window, partitionBy, orderBy: lowerSorts(scope, window.orderBy) };
}
