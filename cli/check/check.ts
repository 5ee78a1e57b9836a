import type { StackOutputs } from "../stack/outputs";

/** Something that is wrong with a fleet. */
export interface Finding {
  /** What was seen, with the name of the thing. */
  what: string;
  /** Why it is so, or why it matters. */
  cause: string;
  /** What to do about it. */
  cure: string;
}

/** What checks look at. Each asks AWS itself for what it needs. */
export interface CheckContext {
  outputs: StackOutputs;
  region: string;
}

/** One question about a fleet; an empty answer is a good one. */
export interface Check {
  name: string;
  run(context: CheckContext): Promise<Finding[]>;
}
