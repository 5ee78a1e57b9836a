import { isMap, textMap, type Value, type ValueMap } from "../values";

/** `[{Key, Value}]`: the older services' form of tags. */
export function upperTags(tags: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** `[{key, value}]`: the newer services' form of tags. */
export function lowerTags(tags: Record<string, string>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

/** Either list form as a record. */
export function tagRecord(list: Value | undefined): Record<string, string> {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list.filter(isMap).map((tag) => [String(tag.Key ?? tag.key), String(tag.Value ?? tag.value ?? "")]),
  );
}

/** Which tags to put and which keys to remove to get from one state to the other. */
export function tagChange(olds: ValueMap, news: ValueMap): { put: Record<string, string>; remove: string[] } {
  const before = textMap(olds, "tagsAll");
  const after = textMap(news, "tagsAll");
  return {
    put: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
    remove: Object.keys(before).filter((key) => !(key in after)),
  };
}
