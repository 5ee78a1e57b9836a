import type { Readable } from "node:stream";

/** What a request holds and an answer is made of, in the types that the SDK has for them. */
export type Value = string | number | bigint | boolean | null | Date | Uint8Array | Readable | Value[] | Values;

export interface Values {
  [member: string]: Value;
}

/** A member that is there; null is as good as not there. */
export function own(value: object, name: string): NonNullable<unknown> | undefined {
  const found = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  return found ?? undefined;
}
