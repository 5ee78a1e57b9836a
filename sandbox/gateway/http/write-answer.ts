import { Readable } from "node:stream";
import type { NormalizedSchema } from "@smithy/core/schema";
import type { Answer } from "../call";
import type { OperationSchema } from "../schema";
import { writeText } from "../values/scalars";
import { own } from "../values/value";
import { isBound } from "./read-request";

/** How a protocol writes what goes into the body. */
export interface BodyWriter {
  type: string;
  /** @param name of the outermost element */
  write(schema: NormalizedSchema, value: unknown, name: string): string;
}

/** The answer of a REST service: status, headers, body. https://smithy.io/2.0/spec/http-bindings.html */
export function writeAnswer(
  { name, output, http }: OperationSchema,
  value: object,
  { type, write }: BodyWriter,
): Answer {
  const answer: Answer = { status: http?.[2] ?? 200, headers: {}, body: "" };
  const members = [...(output?.structIterator() ?? [])];
  let inBody = false;
  for (const [member, schema] of members) {
    const traits = schema.getMergedTraits();
    const found = own(value, member);
    if (found === undefined) {
      inBody ||= !isBound(traits) && !traits.httpResponseCode && !traits.httpPayload;
    } else if (traits.httpHeader !== undefined) {
      answer.headers[traits.httpHeader.toLowerCase()] = headerText(schema, found);
    } else if (traits.httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries(found)) answer.headers[traits.httpPrefixHeaders + key] = String(text);
    } else if (traits.httpResponseCode) {
      answer.status = Number(found);
    } else if (traits.httpPayload) {
      answer.body = payload(schema, found, write);
      if (schema.isStructSchema()) answer.headers["content-type"] ??= type;
    } else {
      inBody = true;
    }
  }
  if (output && inBody) {
    const unbound = members.filter(([, schema]) => !isBound(schema.getMergedTraits()));
    const content = Object.fromEntries(unbound.map(([member]) => [member, own(value, member)]));
    answer.body = write(output, content, output.getMergedTraits().xmlName ?? output.getName() ?? name);
  }
  if (inBody) answer.headers["content-type"] = type;
  // A part of an object: https://www.rfc-editor.org/rfc/rfc9110.html#name-206-partial-content
  if (answer.headers["content-range"] !== undefined) answer.status = 206;
  return answer;
}

function payload(schema: NormalizedSchema, value: unknown, write: BodyWriter["write"]): Answer["body"] {
  if (value instanceof Uint8Array || value instanceof Readable) return value;
  if (!schema.isStructSchema()) return String(value);
  return write(schema, value, schema.getMergedTraits().xmlName ?? schema.getName() ?? "");
}

function headerText(schema: NormalizedSchema, value: unknown): string {
  if (!schema.isListSchema()) return writeText(schema, value, "http-date");
  const items = schema.getValueSchema();
  return (Array.isArray(value) ? value : [value]).map((item) => writeText(items, item, "http-date")).join(", ");
}
