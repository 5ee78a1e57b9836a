import { Readable } from "node:stream";
import type { CallContext, Operation } from "./service";

/**
 * A typed handler as an entry of a service's operation table. What comes out is a copy without undefined members,
 * times as ISO 8601, so that no caller holds a piece of the account's model. Bytes and streams pass as they are.
 */
export function operation<I>(handler: (input: I, call?: CallContext) => object | Promise<object>): Operation {
  return async (input, call) => copied(await handler(input as I, call)) as Awaited<ReturnType<Operation>>;
}

function copied(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => copied(item) ?? null);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || value instanceof Readable) {
    return value;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [name, copied(item)]));
}
