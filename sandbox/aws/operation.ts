import type { Operation } from "./service";

/**
 * A typed handler as an entry of a service's operation table. What comes out is a copy without undefined members,
 * exactly what a client would read from the wire, so that no caller holds a piece of the account's model.
 */
export function operation<I>(handler: (input: I) => object | Promise<object>): Operation {
  return async (input) => JSON.parse(JSON.stringify(await handler(input as I)));
}
