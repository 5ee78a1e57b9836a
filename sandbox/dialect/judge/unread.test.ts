import { parseStatement } from "../grammar";
import { writeStatement } from "../postgres";
import { sharedStatements } from "./statements";

/** A tree that notes which fields of its nodes are read. */
function watched<T extends object>(tree: T): { tree: T; unread: () => string[] } {
  const seen = new Map<object, { proxy: object; read: Set<PropertyKey> }>();
  const watch = (node: object): object => {
    const known = seen.get(node);
    if (known) return known.proxy;
    const read = new Set<PropertyKey>();
    const get = (target: object, key: PropertyKey, receiver: unknown) => {
      read.add(key);
      const value: unknown = Reflect.get(target, key, receiver);
      return typeof value === "object" && value !== null ? watch(value) : value;
    };
    const proxy = new Proxy(node, { get });
    seen.set(node, { proxy, read });
    for (const value of Object.values(node)) if (typeof value === "object" && value !== null) watch(value);
    return proxy;
  };
  const unread = () =>
    [...seen].flatMap(([node, { read }]) =>
      Array.isArray(node)
        ? []
        : Object.entries(node).flatMap(([key, value]) => (isSet(value) && !read.has(key) ? [key] : [])),
    );
  return { tree: watch(tree) as T, unread };
}

/** Whether a field says something: neither left out nor empty. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** Where a node stands, and which it is. */
const silent = new Set(["at", "kind"]);

test("no clause is lost: every field that is set is read when the statement is written", () => {
  for (const sql of sharedStatements) {
    const { tree, unread } = watched(parseStatement(sql));
    writeStatement(tree);
    expect([sql, unread().filter((field) => !silent.has(field))]).toEqual([sql, []]);
  }
});
