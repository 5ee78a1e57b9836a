import { z } from "zod";
import { fleetSchema } from "./schema";

/** The parts of a JSON schema that lead from a key to those below it. */
interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

/** The keys that there may be at a place of the configuration. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  const root: Node = JSON.parse(JSON.stringify(z.toJSONSchema(fleetSchema, { io: "input" })));
  const found = path.reduce<readonly Node[]>((nodes, key) => nodes.flatMap((node) => below(node, key)), [root]);
  return found.flatMap(alternatives).flatMap((node) => Object.keys(node.properties ?? {}));
}

const alternatives = (node: Node): readonly Node[] => node.anyOf?.flatMap(alternatives) ?? [node];

function below(node: Node, key: PropertyKey): Node[] {
  return alternatives(node).flatMap(({ properties, additionalProperties, items }) => {
    const next = typeof key === "number" ? items : (properties?.[String(key)] ?? additionalProperties);
    return typeof next === "object" ? [next] : [];
  });
}
