import { AwsError } from "../aws/errors";
import type { Json, JsonObject } from "../aws/json";
import { type Member, type Model, shapeOf } from "./model";

/**
 * A JSON value as the model has it: members that it does not know are left out, as is `null`.
 * @throws SerializationException where a type differs, in the words of AWS's own JSON services
 */
export function readJson(model: Model, shape: string, value: unknown): JsonObject {
  return readStructure(model, shape, value);
}

function readMember(model: Model, member: Member, value: unknown): Json {
  if (member.of !== undefined) {
    const { type, item, value: content } = shapeOf(model, member.of);
    if (type === "structure") return readStructure(model, member.of, value);
    if (type === "list") {
      if (!Array.isArray(value)) throw serialization("Expected list or null");
      return value.filter((entry) => entry !== null).map((entry) => readMember(model, item!, entry));
    }
    return Object.fromEntries(
      Object.entries(objectOf(value))
        .filter(([, entry]) => entry !== null)
        .map(([key, entry]) => [key, readMember(model, content!, entry)]),
    );
  }
  return readScalar(member, value);
}

function readStructure(model: Model, shape: string, value: unknown): JsonObject {
  const given = objectOf(value);
  const known = Object.entries(shapeOf(model, shape).members ?? {}).filter(
    ([name]) => Object.hasOwn(given, name) && given[name] !== null,
  );
  return Object.fromEntries(known.map(([name, member]) => [name, readMember(model, member, given[name])]));
}

function objectOf(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) throw serialization("Start of list found where not expected");
  if (typeof value !== "object" || value === null) throw serialization("Expected a structure or null");
  return value as Record<string, unknown>;
}

function readScalar({ type, format }: Member, value: unknown): string | number | boolean {
  switch (type) {
    case "boolean":
      if (typeof value === "boolean") return value;
      break;
    case "integer":
    case "long":
      if (typeof value === "number" && Number.isSafeInteger(value) && fits(type, value)) return value;
      break;
    case "float":
    case "double":
      if (typeof value === "number" && Number.isFinite(value)) return value;
      break;
    case "timestamp":
      if (typeof value === "number" && Number.isFinite(value) && format === "epoch") return value;
      if (typeof value === "string" && format !== "epoch" && !Number.isNaN(Date.parse(value))) return value;
      break;
    case "blob":
      if (typeof value === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(value)) return value;
      break;
    default:
      if (typeof value === "string" && !/\p{Surrogate}/u.test(value)) return value;
  }
  throw serialization(`${kindOf(value)} can not be converted to ${wanted[type ?? ""] ?? "a String"}`);
}

const fits = (type: string, value: number) => type === "long" || (value >= -(2 ** 31) && value < 2 ** 31);

const wanted: Readonly<Record<string, string>> = {
  boolean: "a Boolean",
  integer: "an Integer",
  long: "a Long",
  float: "a Float",
  double: "a Double",
  timestamp: "milliseconds since epoch",
  blob: "a Blob",
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "LIST_VALUE";
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return typeof value === "string" ? "STRING_VALUE" : "STRUCTURE_VALUE";
}

function serialization(message: string): AwsError {
  return new AwsError("SerializationException", message);
}
