import type { PolicyConfigSchema } from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { matches } from "./names";

/** One parameter of a policy: its JSON schema, which carries the default. */
export interface Parameter<T> {
  schema: PolicyConfigJSONSchema;
  initial: T;
}
export type Parameters = Record<string, Parameter<unknown>>;
export type ConfigOf<P extends Parameters> = { [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

export function integer(initial: number, description: string, minimum = 0, maximum?: number): Parameter<number> {
  return { initial, schema: { type: "integer", default: initial, description, minimum, maximum } };
}
export function flag(initial: boolean, description: string): Parameter<boolean> {
  return { initial, schema: { type: "boolean", default: initial, description } };
}
export function strings(initial: string[], description: string): Parameter<string[]> {
  return { initial, schema: { type: "array", items: { type: "string" }, default: initial, description } };
}
export function objects<T extends object>(
  description: string,
  properties: Record<string, PolicyConfigJSONSchema>,
  required: string[],
): Parameter<T[]> {
  const items: PolicyConfigJSONSchema = { type: "object", properties, required, additionalProperties: false };
  return { initial: [], schema: { type: "array", items, default: [], description } };
}

/** Every policy takes this: parameters for the stacks whose name matches a pattern, laid over the general ones. */
const stacksKey = "stacks";
const stacksSchema: PolicyConfigJSONSchema = {
  type: "object",
  description:
    "Other parameters for some stacks: { pattern of the stack's name: { parameter: value } }. `enforcementLevel: advisory` here softens the policy for those stacks.",
  additionalProperties: { type: "object" },
  default: {},
};

export function configSchema(parameters: Parameters): PolicyConfigSchema {
  const properties: Record<string, PolicyConfigJSONSchema> = {};
  for (const [name, { schema }] of Object.entries(parameters)) {
    properties[name] = Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
  }
  return { properties: { ...properties, [stacksKey]: stacksSchema } };
}

export interface Effective<C> {
  config: C;
  /** The stack's own entry says that violations do not block it. */
  advisory: boolean;
}

/**
 * What holds for one stack: defaults, then the given values, then those for the stack. The engine applies defaults
 * too, but not in unit tests nor in an analysis by other hosts.
 */
export function effectiveConfig<P extends Parameters>(
  parameters: P,
  given: Record<string, unknown>,
  stack: string,
): Effective<ConfigOf<P>> {
  const merged: Record<string, unknown> = {};
  for (const [name, { initial }] of Object.entries(parameters)) merged[name] = given[name] ?? initial;
  let advisory = false;
  for (const [pattern, values] of Object.entries(given[stacksKey] ?? {})) {
    if (!matches(stack, pattern)) continue;
    const { enforcementLevel, ...own } = values as Record<string, unknown>;
    Object.assign(merged, own);
    if (enforcementLevel !== undefined) advisory = enforcementLevel === "advisory";
  }
  return { config: merged as ConfigOf<P>, advisory };
}

export const commonKeys: readonly string[] = [stacksKey, "enforcementLevel"];
