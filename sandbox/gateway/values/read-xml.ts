import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../../aws/errors";
import { readText } from "./scalars";
import type { Value, Values } from "./value";
import { parseXml, type XmlElement } from "./xml";

/**
 * The XML body of a request as the schema has it; elements that it does not know are left out.
 * @throws MalformedXML https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function readXml(schema: NormalizedSchema, body: Uint8Array): Values {
  let document: XmlElement;
  try {
    document = parseXml(new TextDecoder("utf8", { fatal: true }).decode(body));
  } catch {
    throw malformed();
  }
  return structure(schema, document);
}

export function malformed(): AwsError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new AwsError("MalformedXML", message);
}

function structure(schema: NormalizedSchema, { attributes, children }: XmlElement): Values {
  const result: [string, Value][] = [];
  for (const [name, member] of schema.structIterator()) {
    const { xmlName = name, xmlAttribute, xmlFlattened } = member.getMergedTraits();
    const attribute = xmlAttribute ? attributes.get(xmlName) : undefined;
    if (attribute !== undefined) result.push([name, scalar(member, attribute)]);
    const found = xmlAttribute ? [] : children.filter((child) => child.name === xmlName);
    if (found.length === 0) continue;
    if (xmlFlattened) result.push([name, flattened(member, found)]);
    else if (found.length === 1) result.push([name, value(member, found[0]!)]);
    else throw malformed();
  }
  return Object.fromEntries(result);
}

function value(schema: NormalizedSchema, node: XmlElement): Value {
  if (schema.isStructSchema()) return structure(schema, node);
  if (schema.isListSchema()) {
    const wire = schema.getValueSchema().getMergedTraits().xmlName ?? "member";
    return flattened(
      schema,
      node.children.filter(({ name }) => name === wire),
    );
  }
  if (schema.isMapSchema()) {
    return flattened(
      schema,
      node.children.filter(({ name }) => name === "entry"),
    );
  }
  if (node.children.length > 0) throw malformed();
  return scalar(schema, node.text);
}

/** The items of a list, or the entries of a map. */
function flattened(schema: NormalizedSchema, found: XmlElement[]): Value {
  const items = schema.getValueSchema();
  if (!schema.isMapSchema()) return found.map((child) => value(items, child));
  const keys = schema.getKeySchema();
  const part = ({ children }: XmlElement, of: NormalizedSchema, usual: string) => {
    const child = children.find(({ name }) => name === (of.getMergedTraits().xmlName ?? usual));
    if (!child) throw malformed();
    return value(of, child);
  };
  return Object.fromEntries(found.map((entry) => [String(part(entry, keys, "key")), part(entry, items, "value")]));
}

function scalar(schema: NormalizedSchema, text: string): Value {
  const trimmed = schema.isStringSchema() ? text : text.trim();
  const read = readText(schema, trimmed, "date-time");
  if (read === undefined) throw malformed();
  return read;
}
