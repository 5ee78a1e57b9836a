import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../../aws/errors";
import { readBase64, readTime, timeFormat } from "./scalars";
import { own, type Value, type Values } from "./value";

/** In what JSON, REST JSON and CBOR differ. */
export interface JsonForm {
  /** REST JSON renames members by `jsonName`; the others do not. */
  renamed: boolean;
  /** CBOR has bytes and times of its own. */
  binary: boolean;
}

/** Deeper than any of AWS's requests; shapes that hold themselves end here. */
const deepest = 100;

/**
 * A parsed JSON or CBOR structure as the schema has it: members that it does not know are left out, as is `null`.
 * @throws SerializationException where a type differs, in the words of AWS's own JSON services
 */
export function readJson(schema: NormalizedSchema, value: unknown, form: JsonForm): Values {
  return new Reader(form).structure(schema, value, 0);
}

class Reader {
  constructor(private readonly form: JsonForm) {}

  structure(schema: NormalizedSchema, value: unknown, depth: number): Values {
    const given = objectOf(value);
    const result: [string, Value][] = [];
    for (const [name, member] of schema.structIterator()) {
      const found = own(given, (this.form.renamed && member.getMergedTraits().jsonName) || name);
      if (found !== undefined) result.push([name, this.member(member, found, depth + 1)]);
    }
    return Object.fromEntries(result);
  }

  private member(schema: NormalizedSchema, value: unknown, depth: number): Value {
    if (depth > deepest) throw serialization("The request is nested too deeply");
    if (schema.isStructSchema()) return this.structure(schema, value, depth);
    if (schema.isListSchema()) {
      if (!Array.isArray(value)) throw serialization("Expected list or null");
      const items = schema.getValueSchema();
      return value.filter((entry) => entry !== null).map((entry) => this.member(items, entry, depth + 1));
    }
    if (schema.isMapSchema()) {
      const values = schema.getValueSchema();
      return Object.fromEntries(
        Object.entries(objectOf(value))
          .filter(([, entry]) => entry !== null)
          .map(([key, entry]) => [key, this.member(values, entry, depth + 1)]),
      );
    }
    return schema.isDocumentSchema() ? document(value, depth) : this.scalar(schema, value);
  }

  private scalar(schema: NormalizedSchema, value: unknown): Value {
    const read = this.scalarOrNone(schema, value);
    if (read === undefined) throw serialization(`${kindOf(value)} can not be converted to ${wanted(schema)}`);
    return read;
  }

  private scalarOrNone(schema: NormalizedSchema, value: unknown): Value | undefined {
    const { binary } = this.form;
    if (schema.isBooleanSchema()) return typeof value === "boolean" ? value : undefined;
    if (schema.isNumericSchema()) {
      if (typeof value === "number") return value;
      if (typeof value === "bigint") return Number(value);
      return value === "NaN" || value === "Infinity" || value === "-Infinity" ? Number(value) : undefined;
    }
    if (schema.isBigIntegerSchema()) {
      return typeof value === "bigint" || Number.isInteger(value) ? BigInt(value as number | bigint) : undefined;
    }
    if (schema.isBigDecimalSchema()) return typeof value === "number" || typeof value === "string" ? value : undefined;
    if (schema.isTimestampSchema()) return this.time(schema, value);
    if (schema.isBlobSchema()) {
      if (binary) return value instanceof Uint8Array ? value : undefined;
      return typeof value === "string" ? readBase64(value) : undefined;
    }
    return typeof value === "string" && !/\p{Surrogate}/u.test(value) ? value : undefined;
  }

  private time(schema: NormalizedSchema, value: unknown): Date | undefined {
    if (this.form.binary) {
      // A tagged number of seconds: https://www.rfc-editor.org/rfc/rfc8949.html#name-epoch-based-date-time
      const seconds = typeof value === "object" && value !== null ? own(value, "value") : value;
      return typeof seconds === "number" || typeof seconds === "bigint"
        ? readTime(String(seconds), "epoch-seconds")
        : undefined;
    }
    const format = timeFormat(schema, "epoch-seconds");
    const fits = format === "epoch-seconds" ? typeof value === "number" : typeof value === "string";
    return fits ? readTime(String(value), format) : undefined;
  }
}

function document(value: unknown, depth: number): Value {
  if (depth > deepest) throw serialization("The request is nested too deeply");
  if (Array.isArray(value)) return value.map((entry) => document(entry, depth + 1));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, document(entry, depth + 1)]));
  }
  return value as Value;
}

function objectOf(value: unknown): object {
  if (Array.isArray(value)) throw serialization("Start of list found where not expected");
  if (typeof value !== "object" || value === null) throw serialization("Expected a structure or null");
  return value;
}

function wanted(schema: NormalizedSchema): string {
  if (schema.isBooleanSchema()) return "a Boolean";
  if (schema.isNumericSchema() || schema.isBigIntegerSchema()) return "an Integer";
  if (schema.isTimestampSchema()) return "milliseconds since epoch";
  return schema.isBlobSchema() ? "a Blob" : "a String";
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "LIST_VALUE";
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return typeof value === "string" ? "STRING_VALUE" : "STRUCTURE_VALUE";
}

function serialization(message: string): AwsError {
  return new AwsError("SerializationException", message);
}
