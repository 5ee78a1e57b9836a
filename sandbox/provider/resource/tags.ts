import { isMap, isUnknown, Unknown, type Value, type ValueMap } from "../values";

/** The provider's default tags under the resource's own. Unknown as a whole when the own ones are. */
export function allTags(own: Value | undefined, defaults: Readonly<Record<string, string>>): Value {
  if (isUnknown(own)) return Unknown.value;
  return { ...defaults, ...(isMap(own) ? own : {}) };
}

/** What of all tags is the resource's own: everything that the provider's defaults do not account for. */
export function ownTags(
  all: ValueMap,
  defaults: Readonly<Record<string, string>>,
  ownBefore: Value | undefined,
): ValueMap {
  const named = isMap(ownBefore) ? ownBefore : {};
  return Object.fromEntries(Object.entries(all).filter(([key, value]) => key in named || defaults[key] !== value));
}
