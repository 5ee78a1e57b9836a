import { isMap, type Value, type ValueMap } from "../../../provider/values";

// Nested settings: Pulumi's names begin with small letters and AWS's with capitals, with a few exceptions.

const exceptions: Readonly<Record<string, string>> = {
  id: "ID",
  kmsMasterKeyId: "KMSMasterKeyID",
  mfaDelete: "MFADelete",
  sseAlgorithm: "SSEAlgorithm",
  uri: "URI",
};
const reverse = Object.fromEntries(Object.entries(exceptions).map(([ours, theirs]) => [theirs, ours]));

/** In the shape of S3's API. Tags, a map with Pulumi, are a list there. */
export function toApi(value: ValueMap): ValueMap {
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(
    entries.map(([name, item]) => {
      const theirs = exceptions[name] ?? `${name[0]!.toUpperCase()}${name.slice(1)}`;
      if (name === "tags" && isMap(item)) {
        return [theirs, Object.entries(item).map(([Key, Value]) => ({ Key, Value }))];
      }
      return [theirs, nested(item, toApi)];
    }),
  );
}

/** In the shape of Pulumi's package. */
export function fromApi(value: ValueMap): ValueMap {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const ours = reverse[name] ?? `${name[0]!.toLowerCase()}${name.slice(1)}`;
      if (name === "Tags" && Array.isArray(item)) {
        return [ours, Object.fromEntries(item.filter(isMap).map(({ Key, Value }) => [String(Key), Value ?? ""]))];
      }
      return [ours, nested(item, fromApi)];
    }),
  );
}

function nested(value: Value, rename: (map: ValueMap) => ValueMap): Value {
  if (Array.isArray(value)) return value.map((item) => nested(item, rename));
  return isMap(value) ? rename(value) : value;
}
