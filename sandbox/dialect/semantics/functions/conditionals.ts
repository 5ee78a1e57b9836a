import type { Expression } from "../../grammar/nodes";
import type { LoweredCall } from "../calls";
import type { Lowered } from "../scope";
import { common, type Type, typeOf } from "../types";
import type { Rule } from "./rules";

/** NVL, ISNULL: other names of COALESCE. */
function coalesce({ plain, values }: LoweredCall): Lowered {
  return { node: { ...plain, name: ["coalesce"] }, type: values.map((value) => value.type).reduce(common) };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_NVL2.html */
function nvl2({ at, values }: LoweredCall): Lowered | undefined {
  const [value, present, absent] = values;
  if (!value || !present || !absent || values.length > 3) return undefined;
  const when: Expression = { kind: "is", at, operand: value.node, negated: true, what: "null" };
  return {
    node: { kind: "case", at, branches: [{ when, result: present.node }], otherwise: absent.node },
    type: common(present.type, absent.type),
  };
}

/**
 * `DECODE(x, search, result, …[, default])`: nulls match each other.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_DECODE_expression.html
 */
function decode({ at, values }: LoweredCall): Lowered | undefined {
  const [value, ...rest] = values;
  // With two arguments it is the decoding of binary text.
  if (!value || rest.length < 2) return undefined;
  let type: Type | undefined = typeOf("unknown");
  const branches: { when: Expression; result: Expression }[] = [];
  for (let index = 0; index + 1 < rest.length; index += 2) {
    const search = rest[index]!.node;
    const result = rest[index + 1]!;
    const literal = search.kind === "string" || search.kind === "number";
    const when: Expression = literal
      ? { kind: "binary", at, operator: "=", left: value.node, right: search }
      : { kind: "distinct-from", at, negated: true, left: value.node, right: search };
    branches.push({ when, result: result.node });
    type = common(type, result.type);
  }
  const otherwise = rest.length % 2 === 1 ? rest.at(-1)! : undefined;
  if (otherwise) type = common(type, otherwise.type);
  return { node: { kind: "case", at, branches, otherwise: otherwise?.node }, type };
}

export const conditionalRules: Readonly<Record<string, Rule>> = { nvl: coalesce, isnull: coalesce, nvl2, decode };
