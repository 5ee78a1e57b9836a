export type Tags = Record<string, string>;

/** AWS's list form (`[{Key, Value}]`) of a tag record. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
