import { isEmpty, isMap, maps, textMap, type Value, type ValueMap } from "../values";
import type { Change, TypeContext } from "./resource-type";

type Tags = Record<string, string>;

/** How a service takes and tells tags. */
export interface Tagging {
  /** What the request that makes a thing says of its tags. */
  given(inputs: ValueMap, token: string): ValueMap;
  read(found: ValueMap, id: string, context: TypeContext): Tags | Promise<Tags>;
  put(tags: Tags, id: string, olds: ValueMap): readonly [operation: string, input: ValueMap];
  remove(keys: string[], id: string, olds: ValueMap): readonly [operation: string, input: ValueMap];
}

/** `[{Key, Value}]`, with whatever names the service has for the two. */
export function tagList(tags: Tags, key = "Key", value = "Value"): ValueMap[] {
  return Object.entries(tags).map(([name, text]) => ({ [key]: name, [value]: text }));
}

/** Any list form of tags, or a map of them, as a record. */
export function tagRecord(tags: Value | undefined): Tags {
  if (isMap(tags)) return textMap({ tags }, "tags");
  return Object.fromEntries(
    maps({ tags: tags ?? [] }, "tags").map((tag) => {
      const [key] = keyed(tag, /key$/i);
      const [value = ""] = keyed(tag, /value$/i);
      return [String(key), String(value)];
    }),
  );
}

function keyed(tag: ValueMap, ending: RegExp): Value[] {
  return Object.entries(tag).flatMap(([name, value]) => (ending.test(name) ? [value] : []));
}

/** Which tags to put and which keys to remove to get from one state to the other. */
export function tagChange(olds: ValueMap, news: ValueMap): { put: Tags; remove: string[] } {
  const before = textMap(olds, "tagsAll");
  const after = textMap(news, "tagsAll");
  return {
    put: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
    remove: Object.keys(before).filter((key) => !(key in after)),
  };
}

export async function writeTags(
  tagging: Pick<Tagging, "put" | "remove">,
  id: string,
  { olds, news }: Pick<Change, "olds" | "news">,
  context: TypeContext,
): Promise<void> {
  const { put, remove } = tagChange(olds, news);
  if (!isEmpty(put)) await context.call(...tagging.put(put, id, olds));
  if (remove.length > 0) await context.call(...tagging.remove(remove, id, olds));
}
