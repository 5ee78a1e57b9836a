import { isMap, type Value } from "../values";
import type { Api, Declaration } from "./resource";

/** What AWS calls a property. */
export function memberName({ capitals }: Api, { members }: Pick<Declaration, "members">, property: string): string {
  return members?.[property] ?? (capitals ? upper(property) : property);
}

/** Members of nested structures in AWS's form. */
export function raised(value: Value): Value {
  return renamed(value, upper);
}

/** The same in Pulumi's form. */
export function lowered(value: Value): Value {
  return renamed(value, lower);
}

const upper = (name: string) => name[0]!.toUpperCase() + name.slice(1);
const lower = (name: string) => name[0]!.toLowerCase() + name.slice(1);

function renamed(value: Value, rename: (name: string) => string): Value {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [rename(name), renamed(item, rename)]));
}
