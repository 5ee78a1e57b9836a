export type Tags = Record<string, string>;

/** A tag as most APIs of AWS take it. */
export interface WireTag {
  Key?: string;
  Value?: string;
}

export function toTags(tags: WireTag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

/** AWS's list form (`[{Key, Value}]`) of a tag record. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
