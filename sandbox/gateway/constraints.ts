import type { Json } from "../aws/json";
import { type Constraints, type Member, type Model, type Shape, shapeOf } from "./model";

/** A longer list of faults helps nobody; AWS cuts it too. */
const most = 10;
const longestValue = 200;

/**
 * What a request lacks or has too much of, in AWS's words: `Value 'x' at 'tags.1.member.key' failed to satisfy
 * constraint: …`. Empty where nothing is wrong.
 */
export function constraintFaults(model: Model, shape: string, value: Json): Fault[] {
  const faults: Fault[] = [];
  checkShape(model, shapeOf(model, shape), value, [], faults);
  return faults.slice(0, most);
}

export interface Fault {
  /** Names of members, and numbers of items from 1. */
  path: readonly string[];
  kind: "missing" | "value";
  /** The whole sentence. */
  text: string;
}

function checkShape(model: Model, shape: Shape, value: Json, path: string[], faults: Fault[]): void {
  if (faults.length >= most) return;
  if (shape.type === "structure") {
    const given = value as Record<string, Json>;
    for (const name of shape.required ?? []) {
      if (Object.hasOwn(given, name)) continue;
      faults.push(fault([...path, name], "missing", "null", "Member must not be null"));
    }
    for (const [name, child] of Object.entries(given)) {
      checkMember(model, shape.members![name]!, child, [...path, name], faults);
    }
    return;
  }
  const entries: [string, Json][] = Array.isArray(value)
    ? value.map((item, index) => [String(index + 1), item])
    : Object.entries(value as Record<string, Json>);
  const { min = 0, max = Number.POSITIVE_INFINITY } = shape;
  if (entries.length < min) faults.push(ofLength(path, shape, value, "greater", min));
  if (entries.length > max) faults.push(ofLength(path, shape, value, "less", max));
  for (const [name, child] of entries) {
    if (shape.key) checkMember(model, shape.key, name, [...path, name], faults);
    checkMember(model, (shape.item ?? shape.value)!, child, [...path, name, "member"], faults);
  }
}

function checkMember(model: Model, member: Member, value: Json, path: string[], faults: Fault[]): void {
  if (member.of !== undefined) {
    checkShape(model, shapeOf(model, member.of), value, path, faults);
    return;
  }
  const { min, max, pattern, enum: values } = member;
  if (typeof value === "number") {
    if (min !== undefined && value < min) faults.push(ofValue(path, member, value, "greater", min));
    if (max !== undefined && value > max) faults.push(ofValue(path, member, value, "less", max));
  }
  if (typeof value !== "string") return;
  const bytes = member.type === "blob" ? Buffer.byteLength(value, "base64") : value.length;
  if (min !== undefined && bytes < min) faults.push(ofLength(path, member, value, "greater", min));
  if (max !== undefined && bytes > max) faults.push(ofLength(path, member, value, "less", max));
  if (values && !values.includes(value)) {
    const rule = `Member must satisfy enum value set: [${values.join(", ")}]`;
    faults.push(fault(path, "value", told(member, value), rule));
  }
  // A text that is too long anyway is spared the pattern.
  if (pattern && bytes <= (max ?? 10_000) && !regexp(pattern).test(value)) {
    const rule = `Member must satisfy regular expression pattern: ${pattern}`;
    faults.push(fault(path, "value", told(member, value), rule));
  }
}

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

type Bound = "greater" | "less";

function ofLength(path: string[], constraints: Constraints, value: Json, bound: Bound, limit: number): Fault {
  const rule = `Member must have length ${bound} than or equal to ${limit}`;
  return fault(path, "value", told(constraints, value), rule);
}

function ofValue(path: string[], constraints: Constraints, value: Json, bound: Bound, limit: number): Fault {
  const rule = `Member must have value ${bound} than or equal to ${limit}`;
  return fault(path, "value", told(constraints, value), rule);
}

/** The value itself, unless it is a secret or may hold one. */
function told({ sensitive }: Constraints, value: Json): string {
  return sensitive || typeof value === "object" ? "" : `'${String(value).slice(0, longestValue)}'`;
}

function fault(path: readonly string[], kind: Fault["kind"], value: string, rule: string): Fault {
  const at = path.map((name) => name[0]?.toLowerCase() + name.slice(1)).join(".");
  return { path, kind, text: `Value ${value}${value && " "}at '${at}' failed to satisfy constraint: ${rule}` };
}
