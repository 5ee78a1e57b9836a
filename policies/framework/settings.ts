import type { Node } from "./peek";

/** A named setting in a list such as `configParameters`, as far as it is known. */
export type Setting = { state: "known"; value: string } | { state: "unknown" } | { state: "absent" };

/**
 * Looks a name up in a list of name-value objects. Names compare without case and underscores, since both
 * `require_ssl` and `requireSsl` are seen. An item whose name is not known yet may be the one looked for.
 */
export function settingIn(items: readonly Node[], nameKey: string, valueKey: string, name: string): Setting {
  let open = false;
  for (const item of items) {
    const itsName = item.peek(nameKey);
    if (itsName.state === "unknown") open = true;
    else if (itsName.state === "known" && plainName(String(itsName.value)) === plainName(name)) {
      const value = item.peek(valueKey);
      return value.state === "known" ? { state: "known", value: String(value.value) } : value;
    }
  }
  return { state: open ? "unknown" : "absent" };
}

/** The list with one setting put in its place, or at the end; all other items stay as they are. */
export function withSetting(
  list: readonly unknown[],
  items: readonly Node[],
  nameKey: string,
  valueKey: string,
  [name, value]: [string, string],
): unknown[] {
  const at = items.findIndex((item) => {
    const own = item.peek(nameKey);
    return own.state === "known" && plainName(String(own.value)) === plainName(name);
  });
  if (at < 0) return [...list, { [nameKey]: name, [valueKey]: value }];
  return list.map((item, index) => (index === at ? { ...(item as object), [valueKey]: value } : item));
}

function plainName(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}
