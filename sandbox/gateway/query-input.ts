import type { Json, JsonObject } from "../aws/json";

/**
 * The parameters of a Query request as an object: `A.member.1.Key=x` (most services) and `A.1=x` (EC2) become
 * `{A: [{Key: "x"}]}` and `{A: ["x"]}`. All scalars are text: the protocol does not tell more.
 */
export function parseQueryInput(body: string): JsonObject {
  const root: JsonObject = {};
  for (const [name, value] of new URLSearchParams(body)) {
    if (name === "Action" || name === "Version") continue;
    const path = name.split(".").filter((part) => part !== "member");
    let place = root;
    for (const part of path.slice(0, -1)) {
      const existing = place[part];
      const next: JsonObject = isObject(existing) ? existing : {};
      place[part] = next;
      place = next;
    }
    place[path.at(-1)!] = value;
  }
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, toLists(value)]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toLists(value: Json): Json {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, toLists(member)] as const);
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) {
    return entries.sort(([one], [two]) => Number(one) - Number(two)).map(([, member]) => member);
  }
  return Object.fromEntries(entries);
}
