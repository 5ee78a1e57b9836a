import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../../aws/errors";
import { readText, rule } from "./scalars";
import type { Value, Values } from "./value";

/** Parameters by the parts of their names: `Tags.member.1.Key=x` is a leaf at Tags, member, 1, Key. */
interface Node {
  text?: string;
  children: Map<string, Node>;
}

const nothing: Node = { children: new Map() };

/**
 * A Query request as the schema has it; parameters that it does not know are left out.
 * @param dialect EC2 names members after rules of its own, and counts items without `member`
 * @throws AwsError where a text is not what the schema says
 */
export function readQuery(schema: NormalizedSchema, text: URLSearchParams, dialect: "query" | "ec2"): Values {
  const root: Node = { children: new Map() };
  for (const [name, value] of text) {
    let node = root;
    for (const part of name.split(".")) {
      const next = node.children.get(part) ?? { children: new Map() };
      node.children.set(part, next);
      node = next;
    }
    node.text = value;
  }
  return new Reader(dialect).structure(schema, root, "");
}

class Reader {
  constructor(private readonly dialect: "query" | "ec2") {}

  structure(schema: NormalizedSchema, node: Node, path: string): Values {
    const result: [string, Value][] = [];
    for (const [name, member] of schema.structIterator()) {
      const wire = this.nameOf(name, member);
      const child = node.children.get(wire);
      if (child) result.push([name, this.member(member, child, `${path}${wire}`)]);
    }
    return Object.fromEntries(result);
  }

  private member(schema: NormalizedSchema, node: Node, path: string): Value {
    if (schema.isStructSchema()) return this.structure(schema, node, `${path}.`);
    const flat = this.dialect === "ec2" || schema.getMergedTraits().xmlFlattened;
    const inside = (name: string) => (flat ? node : node.children.get(name));
    if (schema.isListSchema()) {
      const items = schema.getValueSchema();
      const entries = numbered(inside(items.getMergedTraits().xmlName ?? "member"));
      return entries.map(([index, entry]) => this.member(items, entry, `${path}.${index}`));
    }
    if (schema.isMapSchema()) {
      const [keys, values] = [schema.getKeySchema(), schema.getValueSchema()];
      return Object.fromEntries(
        numbered(inside("entry")).map(([index, entry]): [string, Value] => [
          String(this.scalar(keys, childOf(entry, keys, "key"), `${path}.${index}`)),
          this.member(values, childOf(entry, values, "value"), `${path}.${index}`),
        ]),
      );
    }
    return this.scalar(schema, node, path);
  }

  /** https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#query-key-resolution */
  private nameOf(name: string, schema: NormalizedSchema): string {
    const { xmlName = name, ec2QueryName } = schema.getMergedTraits();
    if (this.dialect === "query") return xmlName;
    return typeof ec2QueryName === "string" ? ec2QueryName : xmlName.slice(0, 1).toUpperCase() + xmlName.slice(1);
  }

  private scalar(schema: NormalizedSchema, { text, children }: Node, path: string): Value {
    if (text === undefined || children.size > 0) throw this.invalid(path, "is no single value");
    const value = readText(schema, text, "date-time");
    if (value === undefined) throw this.invalid(path, rule(schema));
    return value;
  }

  private invalid(path: string, rule: string): AwsError {
    return this.dialect === "ec2"
      ? new AwsError("InvalidParameterValue", `The value of the parameter ${path.slice(0, 256)} ${rule}.`)
      : new AwsError("MalformedInput", `The value of ${path.slice(0, 256)} ${rule}.`);
  }
}

function childOf(entry: Node, schema: NormalizedSchema, usual: string): Node {
  return entry.children.get(schema.getMergedTraits().xmlName ?? usual) ?? nothing;
}

/** The children with numbers for names, in their order. */
function numbered(node: Node | undefined): [string, Node][] {
  return [...(node?.children ?? [])]
    .filter(([name]) => /^\d{1,9}$/.test(name))
    .sort(([one], [two]) => Number(one) - Number(two));
}
