import type { NormalizedSchema } from "@smithy/core/schema";
import type { ConstrainedShape, Constraint, Constraints } from "./constraints";
import { type OperationSchema, requiredMembers } from "./schema";
import { own } from "./values/value";

/** A longer list of faults helps nobody; AWS cuts it too. */
const most = 10;
const longestValue = 200;

export interface Fault {
  /** Names of members, and numbers of items from 1. */
  path: readonly string[];
  kind: "missing" | "value" | "type";
  /** The whole sentence. */
  text: string;
}

/**
 * What a request lacks or has too much of, in AWS's words: `Value 'x' at 'tags.1.member.key' failed to satisfy
 * constraint: …`. Empty where nothing is wrong.
 */
export function faultsOf({ name, input }: OperationSchema, constraints: Constraints, value: object): Fault[] {
  if (!input) return [];
  const checker = new Checker(constraints);
  const of = Object.hasOwn(constraints.operations, name) ? constraints.operations[name] : undefined;
  checker.check(input, of === undefined ? undefined : { of }, value, []);
  return checker.faults.slice(0, most);
}

class Checker {
  readonly faults: Fault[] = [];

  constructor(private readonly constraints: Constraints) {}

  check(schema: NormalizedSchema, constraint: Constraint | undefined, value: unknown, path: string[]): void {
    if (this.faults.length >= most) return;
    const { of } = constraint ?? {};
    const shape =
      of !== undefined && Object.hasOwn(this.constraints.shapes, of) ? this.constraints.shapes[of] : undefined;
    if (schema.isStructSchema()) this.structure(schema, shape, value, path);
    else if (schema.isListSchema() || schema.isMapSchema()) this.collection(schema, shape, value, path);
    else if (constraint) this.scalar(schema, constraint, value, path);
  }

  private structure(schema: NormalizedSchema, shape: ConstrainedShape | undefined, value: unknown, path: string[]) {
    const given = typeof value === "object" && value !== null ? value : {};
    for (const name of requiredMembers(schema)) {
      if (own(given, name) === undefined) this.add([...path, name], "missing", "null", "Member must not be null");
    }
    for (const [name, member] of schema.structIterator()) {
      const found = own(given, name);
      if (found !== undefined) this.check(member, shape?.members?.[name], found, [...path, name]);
    }
  }

  private collection(schema: NormalizedSchema, shape: ConstrainedShape = {}, value: unknown, path: string[]) {
    const entries: [string, unknown][] = Array.isArray(value)
      ? value.map((item, index) => [String(index + 1), item])
      : Object.entries(typeof value === "object" && value !== null ? value : {});
    this.range(path, "", "length", entries.length, shape);
    const items = schema.getValueSchema();
    for (const [name, item] of entries) {
      if (schema.isMapSchema()) this.check(schema.getKeySchema(), shape.key, name, [...path, name]);
      this.check(items, shape.item ?? shape.value, item, [...path, name, "member"]);
    }
  }

  private scalar(schema: NormalizedSchema, constraint: Constraint, value: unknown, path: string[]): void {
    const { max, pattern, enum: values, whole } = constraint;
    // A secret's value is never repeated.
    const isShown = !schema.getMergedTraits().sensitive && !(value instanceof Uint8Array);
    const shown = isShown ? `'${String(value).slice(0, longestValue)}'` : "";
    if (typeof value === "number") {
      if (whole !== undefined && !isWhole(value, whole)) {
        const text = `DECIMAL_VALUE can not be converted to ${whole === 64 ? "a Long" : "an Integer"}`;
        this.faults.push({ path, kind: "type", text });
      }
      this.range(path, shown, "value", value, constraint);
    }
    if (value instanceof Uint8Array) this.range(path, shown, "length", value.length, constraint);
    if (typeof value !== "string") return;
    this.range(path, shown, "length", value.length, constraint);
    if (values && !values.includes(value)) {
      this.add(path, "value", shown, `Member must satisfy enum value set: [${values.join(", ")}]`);
    }
    // A text that is too long anyway is spared the pattern.
    if (pattern && value.length <= (max ?? 10_000) && !regexp(pattern).test(value)) {
      this.add(path, "value", shown, `Member must satisfy regular expression pattern: ${pattern}`);
    }
  }

  private range(path: string[], shown: string, of: "length" | "value", value: number, { min, max }: Constraint): void {
    const rule = (bound: string, limit: number) => `Member must have ${of} ${bound} than or equal to ${limit}`;
    if (min !== undefined && value < min) this.add(path, "value", shown, rule("greater", min));
    if (max !== undefined && value > max) this.add(path, "value", shown, rule("less", max));
  }

  private add(path: string[], kind: Fault["kind"], value: string, rule: string): void {
    const at = path.map((name) => name.slice(0, 1).toLowerCase() + name.slice(1)).join(".");
    const text = `Value ${value}${value && " "}at '${at}' failed to satisfy constraint: ${rule}`;
    this.faults.push({ path, kind, text });
  }
}

const isWhole = (value: number, bits: number) =>
  Number.isSafeInteger(value) && (bits === 64 || (value >= -(2 ** 31) && value < 2 ** 31));

const patterns = new Map<string, RegExp>();

function regexp(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? compile(pattern);
  patterns.set(pattern, known);
  return known;
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    return new RegExp(`^(?:${pattern})$`);
  }
}
