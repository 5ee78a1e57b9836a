import { hasUnknown, isMap, isUnknown, type Value, type ValueMap } from "../values";

/** Says what is wrong with a known value, or nothing. */
export type Rule = (value: Value) => string | undefined;

export type PropertyKind = "string" | "number" | "boolean" | "list" | "map" | "object" | "any";

/** How one input of a resource type behaves. */
export interface Property {
  kind: PropertyKind;
  required?: boolean;
  /** Written into the inputs by Check when the program says nothing. */
  default?: Value;
  /** A change needs a new resource. */
  replaces?: boolean;
  /** AWS chooses when the program says nothing; its choice is no difference. */
  computed?: boolean;
  /** An empty list of the program's takes away what AWS has; without it, nothing said and an empty list are the same. */
  emptied?: boolean;
  /** A list whose order means nothing. */
  unordered?: boolean;
  /** A JSON document: compared by meaning; a document given as an object is written as text. */
  json?: boolean;
  /** Handed to AWS and never kept in the state, so that it cannot differ. */
  writeOnly?: boolean;
  /** Secret in the state even when the program did not mark it (after an import, for example). */
  sensitive?: boolean;
  rules?: Rule[];
}

type Options = Omit<Property, "kind" | "rules">;

const property =
  (kind: PropertyKind) =>
  (options: Options = {}, ...rules: Rule[]): Property => ({ kind, ...options, rules });

export const string = property("string");
export const number = property("number");
export const boolean = property("boolean");
export const list = property("list");
export const map = property("map");
/** A nested object: members that the program leaves out are AWS's business. */
export const object = property("object");
export const any = property("any");
/** A list that is a set, such as security group ids. */
export const set = (options: Options = {}, ...rules: Rule[]): Property =>
  list({ ...options, unordered: true }, ...rules);
export const json = (options: Options = {}, ...rules: Rule[]): Property =>
  string({ ...options, json: true }, isJson, ...rules);

/** @throws nothing: says what is wrong with `value`, if anything, leaving out whatever is not known yet. */
export function faultOf(spec: Property, value: Value): string | undefined {
  if (isUnknown(value)) return undefined;
  if (!isOfKind(spec.kind, value)) return `expected ${article(spec.kind)}, got ${describe(value)}`;
  if (hasUnknown(value)) return undefined;
  for (const rule of spec.rules ?? []) {
    const fault = rule(value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isOfKind(kind: PropertyKind, value: Value): boolean {
  if (kind === "any") return true;
  if (kind === "list") return Array.isArray(value);
  if (kind === "map" || kind === "object") return isMap(value);
  return typeof value === kind;
}

function article(kind: PropertyKind): string {
  return kind === "object" || kind === "any" ? `an ${kind}` : `a ${kind}`;
}

function describe(value: Value): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "an object" : `${typeof value} ${JSON.stringify(value)}`;
}

/** Rules. Each is worded as the AWS provider words it. */
export const oneOf =
  (...allowed: (string | number)[]): Rule =>
  (value) =>
    allowed.includes(value as string)
      ? undefined
      : `expected to be one of ${JSON.stringify(allowed)}, got ${JSON.stringify(value)}`;

export const between =
  (low: number, high: number): Rule =>
  (value) =>
    Number(value) >= low && Number(value) <= high
      ? undefined
      : `expected to be in the range (${low} - ${high}), got ${value}`;

export const length =
  (low: number, high: number): Rule =>
  (value) => {
    const size = Array.isArray(value) ? value.length : String(value).length;
    const unit = Array.isArray(value) ? "number of items" : "length";
    return size >= low && size <= high
      ? undefined
      : `expected ${unit} to be in the range (${low} - ${high}), got ${size}`;
  };

export const matches =
  (pattern: RegExp, meaning: string): Rule =>
  (value) =>
    pattern.test(String(value)) ? undefined : `${meaning}, got ${JSON.stringify(value)}`;

export const each =
  (rule: Rule): Rule =>
  (value) => {
    for (const item of value as Value[]) {
      const fault = rule(item);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

export const isArn: Rule = matches(/^arn:aws[\w-]*:[\w-]+:[\w-]*:(\d{12}|aws)?:.+$/, "expected a valid ARN");

export function isJson(value: Value): string | undefined {
  try {
    JSON.parse(String(value));
    return undefined;
  } catch (error) {
    return `contains an invalid JSON: ${(error as Error).message}`;
  }
}

/** Members of an object by name, with what is wrong with each. */
export const members =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value) => {
    for (const [name, rule] of Object.entries(rules)) {
      const item = (value as ValueMap)[name];
      const fault = item === undefined || item === null ? undefined : rule(item);
      if (fault !== undefined) return `${name}: ${fault}`;
    }
    return undefined;
  };
