import { network } from "./parts";

let shared: ReturnType<typeof network> | undefined;

/** The network that the programs of a stack share. Nothing may be found on it. */
export function platform(): ReturnType<typeof network> {
  shared ??= network((resource) => `platform--${resource}`);
  return shared;
}
