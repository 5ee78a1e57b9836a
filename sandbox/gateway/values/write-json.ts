import type { NormalizedSchema } from "@smithy/core/schema";
import type { JsonForm } from "./read-json";
import { dateOf, writeTime } from "./scalars";
import { own } from "./value";

/**
 * A handler's answer as JSON or CBOR has it; what the schema does not know is left out.
 * @param time how CBOR writes times
 */
export function writeJson(
  schema: NormalizedSchema,
  value: unknown,
  form: JsonForm,
  time: (date: Date) => unknown = (date) => date,
): unknown {
  const write = (member: NormalizedSchema, given: unknown): unknown => {
    if (member.isStructSchema()) {
      return typeof given === "object" && given !== null ? structure(member, given) : {};
    }
    if (member.isListSchema()) {
      const items = member.getValueSchema();
      return Array.isArray(given) ? given.map((item) => (item === null ? null : write(items, item))) : [];
    }
    if (member.isMapSchema()) {
      const values = member.getValueSchema();
      const entries = Object.entries(typeof given === "object" && given !== null ? given : {});
      return Object.fromEntries(
        entries.flatMap(([key, entry]) => (entry === undefined ? [] : [[key, write(values, entry)]])),
      );
    }
    return scalar(member, given);
  };
  const structure = (shape: NormalizedSchema, given: object): object => {
    const result: [string, unknown][] = [];
    for (const [name, member] of shape.structIterator()) {
      const found = own(given, name);
      const wire = (form.renamed && member.getMergedTraits().jsonName) || name;
      if (found !== undefined) result.push([wire, write(member, found)]);
    }
    return Object.fromEntries(result);
  };
  const scalar = (member: NormalizedSchema, given: unknown): unknown => {
    if (member.isTimestampSchema())
      return form.binary ? time(dateOf(given)) : writeTime(member, given, "epoch-seconds");
    if (member.isBlobSchema()) {
      if (form.binary) return typeof given === "string" ? Buffer.from(given, "base64") : given;
      return given instanceof Uint8Array ? Buffer.from(given).toString("base64") : given;
    }
    if (form.binary) return given;
    if (typeof given === "bigint") return Number(given);
    return typeof given === "number" && !Number.isFinite(given) ? String(given) : given;
  };
  return write(schema, value);
}
