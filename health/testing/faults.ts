import type { Facts, Rule } from "../facts/facts";

/** By a fault's name what it changes in a good fleet, and all that is to be found then. */
export type Faults = Record<string, [change: (facts: Facts) => void, ...findings: string[]]>;

/** The rules but those for a security group. */
export const without = (rules: Rule[], groupId: string): Rule[] =>
  rules.filter(({ groupIds }) => !groupIds.includes(groupId));
