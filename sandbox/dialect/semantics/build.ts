import { parseStatement } from "../grammar";
import type { Call, Expression, StringLiteral, TypedLiteral } from "../grammar/nodes";
import { quoteText } from "../literals";
import { typeOf } from "./types";

/** A call of a function in pg_catalog, where no search path can hide it. */
export function builtIn(at: number, name: string, values: readonly Expression[], more: Partial<Call> = {}): Call {
  return {
    kind: "call",
    at,
    name: ["pg_catalog", name],
    values,
    star: false,
    distinct: false,
    approximate: false,
    ...more,
  };
}

export function text(at: number, value: string): StringLiteral {
  return { kind: "string", at, text: quoteText(value) };
}

export function interval(at: number, value: string): TypedLiteral {
  return {
    kind: "typed-literal",
    at,
    type: { kind: "type", at, name: ["interval"], modifiers: [] },
    text: quoteText(value),
  };
}

/** @param type in PostgreSQL's words */
export function castTo(operand: Expression, type: string, modifiers: readonly number[] = []): Expression {
  const { at } = operand;
  return { kind: "cast", at, operand, type: { kind: "type", at, name: [type], modifiers }, lenient: false };
}

type Template = (at: number, ...values: readonly Expression[]) => Expression;

/** An expression of PostgreSQL's with `$1`, `$2` … where others come in: read once, then filled. */
export function template(expression: string): Template {
  let tree: Expression | undefined;
  return (at, ...values) => {
    tree ??= readExpression(expression);
    const fill = (node: unknown): unknown => {
      if (Array.isArray(node)) return node.map(fill);
      if (typeof node !== "object" || node === null) return node;
      if ("kind" in node && node.kind === "parameter" && "number" in node) return values[Number(node.number) - 1];
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, key === "at" ? at : fill(value)]));
    };
    return fill(tree) as Expression;
  };
}

function readExpression(expression: string): Expression {
  const tree = parseStatement(`select ${expression}`);
  const item = tree.kind === "query" && tree.body.kind === "select" ? tree.body.items[0] : undefined;
  if (item?.kind !== "item") throw new Error(`no expression: ${expression}`);
  return item.value;
}

export const boolean = typeOf("bool");
