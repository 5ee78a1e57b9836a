/** Stands for a value that will be known only after something else has been made. */
export class Unknown {
  static readonly value = new Unknown();

  /** Keeps other objects from passing for an unknown. */
  private readonly isUnknown = true;

  private constructor() {}

  toString(): string {
    return this.isUnknown ? "(known after apply)" : "";
  }
}

/** A Pulumi property value with its secrets unwrapped. Assets and archives are plain objects with their signature. */
export type Value = null | boolean | number | string | Unknown | Value[] | { [key: string]: Value };
export type ValueMap = { [key: string]: Value };

export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown;
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);
}

/** True when any part of the value is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isMap(value) && Object.values(value).some(hasUnknown);
}

/** Nothing, or what AWS and Pulumi treat like nothing: an empty list, map or text. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}

/** Reading helpers for maps whose shape has been checked. */
export function text(map: ValueMap, key: string): string {
  const value = map[key];
  if (typeof value !== "string") throw new TypeError(`"${key}" must be a string.`);
  return value;
}

export function optionalText(map: ValueMap, key: string): string | undefined {
  const value = map[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function optionalNumber(map: ValueMap, key: string): number | undefined {
  const value = map[key];
  return typeof value === "number" ? value : undefined;
}

export function texts(map: ValueMap, key: string): string[] {
  const value = map[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

export function maps(map: ValueMap, key: string): ValueMap[] {
  const value = map[key];
  return Array.isArray(value) ? value.filter(isMap) : [];
}

export function textMap(map: ValueMap, key: string): Record<string, string> {
  const value = map[key];
  if (!isMap(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item)]));
}

/** Drops members that are undefined, which have no place in a value. */
export function defined(map: { [key: string]: Value | undefined }): ValueMap {
  return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}
