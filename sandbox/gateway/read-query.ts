import { AwsError } from "../aws/errors";
import type { Json, JsonObject } from "../aws/json";
import { type Member, type Model, shapeOf } from "./model";

/** Parameters by the parts of their names: `Tags.member.1.Key=x` is a leaf at Tags, member, 1, Key. */
interface Node {
  text?: string;
  children: Map<string, Node>;
}

/**
 * A Query request as the model has it; parameters that it does not know are left out.
 * @param dialect EC2 names members after rules of its own, and counts items without `member`
 * @throws AwsError where a text is not what the model says
 */
export function readQuery(model: Model, shape: string, text: URLSearchParams, dialect: "query" | "ec2"): JsonObject {
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
  return new Reader(model, dialect).structure(shape, root, "");
}

class Reader {
  constructor(
    private readonly model: Model,
    private readonly dialect: "query" | "ec2",
  ) {}

  structure(shape: string, node: Node, path: string): JsonObject {
    const result: [string, Json][] = [];
    for (const [name, member] of Object.entries(shapeOf(this.model, shape).members ?? {})) {
      const wire = this.nameOf(name, member);
      const child = node.children.get(wire);
      if (child) result.push([name, this.member(member, child, `${path}${wire}`)]);
    }
    return Object.fromEntries(result);
  }

  private member(member: Member, node: Node, path: string): Json {
    if (member.of === undefined) return this.scalar(member, node, path);
    const { type, item, key, value, flat } = shapeOf(this.model, member.of);
    if (type === "structure") return this.structure(member.of, node, `${path}.`);
    const inside = (name: string) => (this.dialect === "ec2" || flat ? node : node.children.get(name));
    if (type === "list") {
      const entries = numbered(inside(item!.wire ?? "member"));
      return entries.map(([index, entry]) => this.member(item!, entry, `${path}.${index}`));
    }
    const entries = numbered(inside("entry")).map(([index, entry]): [string, Json] => {
      const [keyNode, valueNode] = [key!.wire ?? "key", value!.wire ?? "value"].map((name) => entry.children.get(name));
      const nothing: Node = { children: new Map() };
      return [
        String(this.scalar(key!, keyNode ?? nothing, `${path}.${index}`)),
        this.member(value!, valueNode ?? nothing, `${path}.${index}`),
      ];
    });
    return Object.fromEntries(entries);
  }

  /** https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#query-key-resolution */
  private nameOf(name: string, { wire, queryWire }: Member): string {
    if (this.dialect === "query") return wire ?? name;
    return queryWire ?? (wire === undefined ? name : wire[0]!.toUpperCase() + wire.slice(1));
  }

  private scalar({ type }: Member, { text, children }: Node, path: string): string | number | boolean {
    if (text === undefined || children.size > 0) throw this.invalid(path, "is no single value");
    switch (type) {
      case "boolean":
        if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
        throw this.invalid(path, "must be true or false");
      case "integer":
      case "long": {
        const limit = type === "integer" ? 2 ** 31 : Number.MAX_SAFE_INTEGER;
        const value = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
        if (value >= -limit && value < limit) return value;
        throw this.invalid(path, "must be an integer");
      }
      case "float":
      case "double":
        if (/^[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(text)) return Number(text);
        throw this.invalid(path, "must be a number");
      case "timestamp":
        if (!Number.isNaN(Date.parse(text))) return text;
        throw this.invalid(path, "must be a time");
      default:
        return text;
    }
  }

  private invalid(path: string, rule: string): AwsError {
    return this.dialect === "ec2"
      ? new AwsError("InvalidParameterValue", `The value of the parameter ${path.slice(0, 256)} ${rule}.`)
      : new AwsError("MalformedInput", `The value of ${path.slice(0, 256)} ${rule}.`);
  }
}

/** The children with numbers for names, in their order. */
function numbered(node: Node | undefined): [string, Node][] {
  return [...(node?.children ?? [])]
    .filter(([name]) => /^\d{1,9}$/.test(name))
    .sort(([one], [two]) => Number(one) - Number(two));
}
