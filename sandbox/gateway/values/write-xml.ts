import type { NormalizedSchema } from "@smithy/core/schema";
import { writeText } from "./scalars";
import { own } from "./value";
import { element, escapeText } from "./xml";

/** The members of a structure as elements, in the schema's order; what the schema does not know is left out. */
export function writeStructure(schema: NormalizedSchema, value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  let text = "";
  for (const [name, member] of schema.structIterator()) {
    const found = own(value, name);
    const { xmlName = name, xmlAttribute } = member.getMergedTraits();
    if (found !== undefined && !xmlAttribute) text += writeMember(xmlName, member, found);
  }
  return text;
}

function writeMember(name: string, schema: NormalizedSchema, value: unknown): string {
  const { xmlFlattened } = schema.getMergedTraits();
  if (schema.isListSchema() && Array.isArray(value)) {
    const items = schema.getValueSchema();
    const item = xmlFlattened ? name : (items.getMergedTraits().xmlName ?? "member");
    const content = value.map((entry) => writeMember(item, items, entry)).join("");
    return xmlFlattened ? content : element(name, content);
  }
  if (schema.isMapSchema() && typeof value === "object" && value !== null) {
    const [keys, values] = [schema.getKeySchema(), schema.getValueSchema()];
    const entries = Object.entries(value).map(([key, entry]) => {
      const pair = element(keys.getMergedTraits().xmlName ?? "key", escapeText(key));
      const content = writeMember(values.getMergedTraits().xmlName ?? "value", values, entry);
      return element(xmlFlattened ? name : "entry", pair + content);
    });
    return xmlFlattened ? entries.join("") : element(name, entries.join(""));
  }
  if (schema.isStructSchema()) return element(name, writeStructure(schema, value), attributesOf(schema, value));
  return typeof value === "object" && !(value instanceof Date || value instanceof Uint8Array)
    ? ""
    : element(name, escapeText(writeText(schema, value, "date-time")));
}

/** Namespace and attributes of a structure's element. */
export function attributesOf(schema: NormalizedSchema, value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const { xmlNamespace } = schema.getMergedTraits();
  let text = "";
  if (Array.isArray(xmlNamespace)) {
    const [prefix, uri] = xmlNamespace;
    text += ` ${prefix ? `xmlns:${prefix}` : "xmlns"}="${escapeText(String(uri))}"`;
  }
  for (const [name, member] of schema.structIterator()) {
    const { xmlName = name, xmlAttribute } = member.getMergedTraits();
    const found = xmlAttribute ? own(value, name) : undefined;
    if (found !== undefined) text += ` ${xmlName}="${escapeText(writeText(member, found, "date-time"))}"`;
  }
  return text;
}
