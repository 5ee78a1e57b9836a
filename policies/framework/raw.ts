import { getSpecialProxyTarget, isSpecialProxy } from "./unknown-values";

/**
 * The value behind the SDK's proxies. Remediations copy lists through it: read through the proxies, an unknown item
 * would throw and a secret one would lose its secrecy.
 */
export function unproxied(value: unknown): unknown {
  let current = value;
  while (typeof current === "object" && current !== null && Reflect.get(current, isSpecialProxy) === true) {
    current = Reflect.get(current, getSpecialProxyTarget);
  }
  return current;
}

/** A copy of the list at `key`, items untouched; empty when there is none. */
export function listCopy(properties: unknown, key: string): unknown[] {
  const bag = unproxied(properties);
  const list = typeof bag === "object" && bag !== null ? unproxied(Reflect.get(bag, key)) : undefined;
  return Array.isArray(list) ? [...list] : [];
}

/** A copy of the object at `key`, values untouched; empty when there is none. */
export function objectCopy(properties: unknown, key: string): Record<string, unknown> {
  const bag = unproxied(properties);
  const object = typeof bag === "object" && bag !== null ? unproxied(Reflect.get(bag, key)) : undefined;
  return typeof object === "object" && object !== null ? { ...object } : {};
}
