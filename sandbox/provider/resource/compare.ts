import { isEmpty, isMap, isUnknown, type Value } from "../values";
import type { Property } from "./property";

/** True when AWS already has what the program wants, however each of them writes it. */
export function isSame(spec: Property, wanted: Value | undefined, actual: Value | undefined): boolean {
  if (isEmpty(wanted) && isEmpty(actual)) return true;
  if (isUnknown(wanted)) return false;
  if (spec.json) return canonicalJson(wanted) === canonicalJson(actual);
  return covers(wanted, actual, spec);
}

/** `actual` holds everything of `wanted`; a nested object may hold more, which is what AWS filled in. */
function covers(wanted: Value | undefined, actual: Value | undefined, spec: Property): boolean {
  if (isUnknown(wanted) || isUnknown(actual)) return false;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual) || wanted.length !== actual.length) return false;
    if (spec.unordered) return sameSet(wanted, actual, spec);
    return wanted.every((item, index) => covers(item, actual[index], spec));
  }
  if (isMap(wanted)) {
    if (!isMap(actual)) return false;
    const keys = spec.kind === "map" ? new Set([...Object.keys(wanted), ...Object.keys(actual)]) : Object.keys(wanted);
    return [...keys].every((key) => bothEmpty(wanted[key], actual[key]) || covers(wanted[key], actual[key], spec));
  }
  return wanted === actual || String(wanted) === String(actual);
}

/** Each wanted item has a partner of its own. */
function sameSet(wanted: Value[], actual: Value[], spec: Property): boolean {
  const left = [...actual];
  return wanted.every((item) => {
    const index = left.findIndex((candidate) => covers(item, candidate, spec));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

function bothEmpty(one: Value | undefined, other: Value | undefined): boolean {
  return isEmpty(one) && isEmpty(other);
}

/** JSON with its object keys in order, so that two documents of the same meaning are the same text. */
export function canonicalJson(value: Value | undefined): string {
  const sort = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.length === 1 ? sort(item[0]) : item.map(sort);
    if (typeof item !== "object" || item === null) return item;
    const entries = Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(entries.map(([key, child]) => [key, sort(child)]));
  };
  try {
    return JSON.stringify(sort(typeof value === "string" ? JSON.parse(value) : value)) ?? "";
  } catch {
    return String(value);
  }
}
