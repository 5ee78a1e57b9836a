import type { Json } from "../aws/json";
import { type Member, type Model, shapeOf } from "./model";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as XML has it. Characters that XML 1.0 cannot carry become U+FFFD. https://www.w3.org/TR/xml/#charsets */
export function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => escapes[character]!)
    .replace(/\r/g, "&#xD;")
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => (/[\t\n]/.test(character) ? character : "\ufffd"));
}

export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** The members of a structure as elements, in the model's order; what the model does not know is left out. */
export function writeStructure(model: Model, shape: string, value: Json): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  return Object.entries(shapeOf(model, shape).members ?? {})
    .map(([name, member]) => {
      const content = Object.hasOwn(value, name) ? value[name] : undefined;
      if (content === undefined || content === null) return "";
      const wire = member.wire ?? name;
      const list = member.of === undefined ? undefined : shapeOf(model, member.of);
      if (list?.flat && Array.isArray(content)) {
        return content.map((item) => element(wire, write(model, list.item!, item))).join("");
      }
      return element(wire, write(model, member, content));
    })
    .join("");
}

function write(model: Model, member: Member, value: Json): string {
  if (member.of === undefined) return typeof value === "object" ? "" : escapeText(String(value));
  const { type, item, key, value: content } = shapeOf(model, member.of);
  if (type === "structure") return writeStructure(model, member.of, value);
  if (typeof value !== "object" || value === null) return "";
  if (Array.isArray(value)) {
    return value.map((entry) => element(item?.wire ?? "member", write(model, item!, entry))).join("");
  }
  return Object.entries(value)
    .map(([name, entry]) => {
      const pair = element(key?.wire ?? "key", escapeText(name));
      return element("entry", pair + element(content?.wire ?? "value", write(model, content!, entry)));
    })
    .join("");
}
