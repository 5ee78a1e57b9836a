import type { SortedKeys } from "./sorted-keys";

/** Where a page begins: behind a key or a common prefix, or behind one entry of a key. */
export interface Position {
  key: string;
  /** An entry of the key, such as a version's id. */
  entry?: string;
}

export interface PageQuery {
  prefix?: string;
  delimiter?: string;
  after?: Position;
  /** Entries and common prefixes together; at most a thousand. */
  limit: number;
}

export interface Page<T> {
  entries: { key: string; value: T }[];
  /** Each ends with the delimiter. */
  prefixes: string[];
  /** Where the next page begins; undefined after the last. */
  next?: Position;
}

/** What a list shows of a key: its current object, its versions, its uploads. */
export interface Listed<T> {
  keys: SortedKeys;
  /** In order; none for keys that the list does not show. */
  entriesOf(key: string): readonly T[];
  /** Names an entry among those of its key. */
  idOf(entry: T): string;
}

/**
 * One page of a list, as S3 makes them: keys that share what stands between the prefix and the delimiter are one common
 * prefix, which counts as one entry. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html
 */
export function pageOf<T>({ keys, entriesOf, idOf }: Listed<T>, query: PageQuery): Page<T> {
  const { prefix = "", delimiter = "", after } = query;
  const limit = Math.min(query.limit, 1_000);
  const page: Page<T> = { entries: [], prefixes: [] };
  // A page of nothing is complete: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
  if (limit <= 0) return page;
  let last: Position | undefined;
  const isFull = () => page.entries.length + page.prefixes.length >= limit;
  const remaining = (key: string) => {
    const entries = entriesOf(key);
    if (after?.entry === undefined || after.key !== key) return entries;
    // One that is gone by now was deleted by whoever goes through the pages; what is left of its key stood behind it.
    return entries.slice(entries.findIndex((entry) => idOf(entry) === after.entry) + 1);
  };
  for (let index = firstIndex(keys, prefix, after); ; ) {
    const key = keys.at(index);
    if (key === undefined || !key.startsWith(prefix)) return page;
    const entries = remaining(key);
    const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const group = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (entries.length === 0) index += 1;
    else if (group === undefined) {
      for (const value of entries) {
        if (isFull()) return { ...page, next: last };
        page.entries.push({ key, value });
        last = { key, entry: idOf(value) };
      }
      index += 1;
    } else {
      if (!after?.key.startsWith(group)) {
        if (isFull()) return { ...page, next: last };
        page.prefixes.push(group);
        last = { key: group };
      }
      index = keys.indexAfterPrefix(group, index);
    }
  }
}

function firstIndex(keys: SortedKeys, prefix: string, after: Position | undefined): number {
  const first = keys.indexOf(prefix);
  if (!after) return first;
  const at = keys.indexOf(after.key);
  const isListed = keys.at(at) === after.key && after.entry === undefined;
  return Math.max(first, isListed ? at + 1 : at);
}
