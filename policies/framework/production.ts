import { strings } from "./config";
import { matchesAny } from "./names";

/** The parameter of every policy that is stricter in production. */
export const productionStacks = strings(
  ["prod", "production", "prd", "*-prod", "*-production", "prod-*"],
  "Patterns of the names of production stacks.",
);

export function isProduction(stack: string, patterns: readonly string[]): boolean {
  return matchesAny(stack, patterns);
}
