import type { Facts, Section } from "../facts/facts";
import type { Verdict } from "./finding";

export type Area = "network" | "warehouses" | "datashares" | "readers" | "balancer";

/** One question about a fleet. Judges facts and asks nobody: whoever reads it sees the whole rule. */
export interface Check {
  /** For machines, and in the documentation. */
  id: string;
  area: Area;
  /** What is so when nothing is found. */
  title: string;
  needs: readonly Section[];
  /** An empty answer is a good one. What another check finds already is left to that, and not judged here. */
  judge(facts: Facts): Verdict[];
}
