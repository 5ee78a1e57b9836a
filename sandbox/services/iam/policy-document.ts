import { createHash } from "node:crypto";
import type { Invoke } from "../../provider/resource/invoke";
import { maps, optionalText, text, texts, type ValueMap } from "../../provider/values";

type Scalars = string | string[];
type Statement = Record<string, unknown> & { Sid?: string };

/**
 * A policy document as the AWS provider writes it: members in a fixed order, absent ones left out, lists of one as a
 * scalar, lists in reverse alphabetical order, and a type's principals together.
 * https://www.pulumi.com/registry/packages/aws/api-docs/iam/getpolicydocument/
 */
export const getPolicyDocument: Invoke = {
  regional: false,
  async run(args) {
    const sources = [optionalText(args, "sourceJson"), ...texts(args, "sourcePolicyDocuments")];
    const overrides = [...texts(args, "overridePolicyDocuments"), optionalText(args, "overrideJson")];
    const version = optionalText(args, "version") ?? "2012-10-17";
    let statements: Statement[] = [];
    for (const source of sources) statements = merge(statements, statementsOf(source));
    statements = merge(
      statements,
      maps(args, "statements").map((item) => statement(item, version)),
    );
    for (const override of overrides) statements = merge(statements, statementsOf(override));
    const policyId = optionalText(args, "policyId");
    const document = { Version: version, ...(policyId ? { Id: policyId } : {}), Statement: statements };
    const json = JSON.stringify(document, undefined, 2);
    const id = String(Number.parseInt(createHash("sha256").update(json).digest("hex").slice(0, 8), 16));
    return { ...args, version, id, json, minifiedJson: JSON.stringify(document) };
  },
};

function statementsOf(source: string | undefined): Statement[] {
  if (source === undefined || source === "") return [];
  const found = (JSON.parse(source) as { Statement?: Statement | Statement[] }).Statement ?? [];
  return Array.isArray(found) ? found : [found];
}

/** A later statement takes the place of an earlier one with the same Sid. */
function merge(earlier: Statement[], later: Statement[]): Statement[] {
  const merged = [...earlier];
  for (const item of later) {
    const index = item.Sid ? merged.findIndex((other) => other.Sid === item.Sid) : -1;
    if (index >= 0) merged[index] = item;
    else merged.push(item);
  }
  return merged;
}

function statement(item: ValueMap, version: string): Statement {
  const list = (key: string) => scalars(texts(item, key).map((value) => variables(value, version)));
  const entries: [string, unknown][] = [
    ["Sid", optionalText(item, "sid")],
    ["Effect", optionalText(item, "effect") ?? "Allow"],
    ["Action", list("actions")],
    ["NotAction", list("notActions")],
    ["Resource", list("resources")],
    ["NotResource", list("notResources")],
    ["Principal", principals(maps(item, "principals"))],
    ["NotPrincipal", principals(maps(item, "notPrincipals"))],
    ["Condition", conditions(maps(item, "conditions"), version)],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Nothing, one value, or a sorted list without doubles. */
function scalars(values: string[]): Scalars | undefined {
  const unique = [...new Set(values)].sort().reverse();
  return unique.length > 1 ? unique : unique[0];
}

function principals(blocks: ValueMap[]): Record<string, Scalars> | "*" | undefined {
  if (blocks.length === 0) return undefined;
  const byType = new Map<string, string[]>();
  for (const block of blocks) {
    if (block.type === "*" && texts(block, "identifiers").includes("*")) return "*";
    const type = text(block, "type");
    byType.set(type, [...(byType.get(type) ?? []), ...texts(block, "identifiers")]);
  }
  return sorted([...byType].map(([type, identifiers]) => [type, scalars(identifiers)!]));
}

function conditions(blocks: ValueMap[], version: string): Record<string, Record<string, Scalars>> | undefined {
  if (blocks.length === 0) return undefined;
  const byTest = new Map<string, Map<string, string[]>>();
  for (const block of blocks) {
    const test = text(block, "test");
    const values = texts(block, "values").map((value) => variables(value, version));
    const byVariable = byTest.get(test) ?? new Map<string, string[]>();
    byTest.set(
      test,
      byVariable.set(text(block, "variable"), [...(byVariable.get(text(block, "variable")) ?? []), ...values]),
    );
  }
  return sorted(
    [...byTest].map(([test, byVariable]) => [
      test,
      sorted([...byVariable].map(([variable, values]) => [variable, values.length === 1 ? values[0]! : values])),
    ]),
  );
}

function sorted<T>(entries: [string, T][]): Record<string, T> {
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** `&{aws:username}` is written for policy variables, which would otherwise be interpolated by the program. */
function variables(value: string, version: string): string {
  if (version === "2008-10-17" && value.includes("&{")) {
    throw new Error(`found &{ sequence in "${value}", which is not supported in document version 2008-10-17`);
  }
  return value.replaceAll("&{", "$".concat("{"));
}
