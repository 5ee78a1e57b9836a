import type { NormalizedSchema } from "@smithy/core/schema";
import type { Value } from "./value";

/** How a protocol, or the place of a value in a request, writes times. https://smithy.io/2.0/spec/protocol-traits.html */
export type TimeFormat = "date-time" | "http-date" | "epoch-seconds";

/** The SDK's schemas of timestamps with a format of their own; 4 is one without. */
const formats: Readonly<Record<number, TimeFormat>> = { 5: "date-time", 6: "http-date", 7: "epoch-seconds" };

export function timeFormat(schema: NormalizedSchema, usual: TimeFormat): TimeFormat {
  const kind: unknown = schema.getSchema();
  return (typeof kind === "number" && formats[kind]) || usual;
}

/** A time of a handler: a Date, ISO 8601, or seconds since 1970. */
export function dateOf(value: unknown): Date {
  return value instanceof Date ? value : new Date(typeof value === "number" ? value * 1_000 : String(value));
}

export function writeTime(schema: NormalizedSchema, value: unknown, usual: TimeFormat): string | number {
  const date = dateOf(value);
  const format = timeFormat(schema, usual);
  if (format === "epoch-seconds") return date.getTime() / 1_000;
  return format === "http-date" ? date.toUTCString() : date.toISOString().replace(".000Z", "Z");
}

const special: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** A scalar from its text in Query, XML, a header or a URI. Undefined where the text is none of its kind. */
export function readText(schema: NormalizedSchema, text: string, usual: TimeFormat): Value | undefined {
  if (schema.isBooleanSchema()) return /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
  if (schema.isNumericSchema()) {
    if (Object.hasOwn(special, text)) return special[text];
    return /^[+-]?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : undefined;
  }
  if (schema.isBigIntegerSchema()) return /^[+-]?\d{1,400}$/.test(text) ? BigInt(text) : undefined;
  if (schema.isTimestampSchema()) return readTime(text, timeFormat(schema, usual));
  if (schema.isBlobSchema()) return readBase64(text);
  return text;
}

export function readTime(text: string, format: TimeFormat): Date | undefined {
  const seconds = format === "epoch-seconds" && /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
  const date = seconds === undefined ? new Date(text) : new Date(seconds * 1_000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

export function readBase64(text: string): Uint8Array | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined;
}

/** The text of a scalar. A blob that is text already is its Base64. */
export function writeText(schema: NormalizedSchema, value: unknown, usual: TimeFormat): string {
  if (schema.isTimestampSchema()) return String(writeTime(schema, value, usual));
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : String(value);
}

/** What a value must be, in words. */
export function rule(schema: NormalizedSchema): string {
  if (schema.isBooleanSchema()) return "must be true or false";
  if (schema.isNumericSchema() || schema.isBigIntegerSchema()) return "must be a number";
  return schema.isTimestampSchema() ? "must be a time" : "must be Base64";
}
