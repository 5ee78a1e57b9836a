import { strings } from "./config";
import { matchesAny } from "./names";

/** The parameter of policies that ask for nothing where a stack runs on one machine only and costs nothing. */
export const sandboxStacks = strings(["local"], "Patterns of the names of stacks that run in a sandbox, not on AWS.");

export function isSandbox(stack: string, patterns: readonly string[]): boolean {
  return matchesAny(stack, patterns);
}
