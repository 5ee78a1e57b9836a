import type { LoweredCall } from "../calls";
import type { Lowered } from "../scope";
import { aggregateRules } from "./aggregates";
import { conditionalRules } from "./conditionals";
import { dateRules } from "./dates";
import { textRules } from "./texts";

/** How a call is put in PostgreSQL's terms; undefined: as it stands, with the type of the table. */
export type Rule = (call: LoweredCall) => Lowered | undefined;

/** Functions that need more than their name and type. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  Object.entries({ ...aggregateRules, ...conditionalRules, ...dateRules, ...textRules }),
);
