import type { EnforcementLevel, Severity } from "@pulumi/policy";
import type { ConfigOf, Parameters } from "./config";
import type { Graph, Member } from "./graph";
import type { Subject } from "./subject";
import type { Token } from "./types";

export type Area =
  | "network"
  | "encryption"
  | "serverless"
  | "provisioned"
  | "sharing"
  | "balancer"
  | "data-services"
  | "governance";

/** What a policy says of itself; the reference, the engine and every message are made from it. */
export interface About {
  /** Also the name of its file. Unique in the pack. */
  name: string;
  /** Also the name of its folder. */
  area: Area;
  /** Its entry, or entries, in the catalogue. */
  entry: number | number[];
  /** The rule as a sentence: "X must Y." */
  description: string;
  /** Why it matters, as the second half of a sentence. */
  why: string;
  /** What the author of a program does about a violation. */
  mend: string;
  /**
   * Security Hub's for the controls named, the highest of them, unless the rule also asks for something graver.
   * Our own judgement where none of its controls is named.
   */
  severity: Severity;
  level: EnforcementLevel;
  /** Controls of public catalogues in force that ask for it or for part of it, e.g. "SecurityHub EC2.15", "CKV_AWS_130". */
  controls: string[];
  url: string;
}

/** What a rule finds. `advisory` softens one finding of a mandatory policy. */
export interface Finding {
  kind: "violation" | "undecided" | "waived" | "note";
  urn: string | undefined;
  text: string;
  advisory: boolean;
}

/** How a rule speaks. `what` names the property and its value, never a secret's. */
export interface Report {
  violation(what: string, options?: { mend?: string; advisory?: boolean }): void;
  undecided(...paths: string[]): void;
  /** Says that the rule depends on something that no preview of this stack can see. */
  unseen(what: string): void;
}

export interface Context<P extends Parameters> extends Report {
  config: ConfigOf<P>;
  stack: string;
}
export interface StackContext<P extends Parameters> extends Context<P> {
  graph: Graph;
}

/** Each check stands alone: a value that one of them cannot know yet does not keep the others from finding something. */
export type Check<T extends Token, P extends Parameters> = (resource: Subject<T>, context: Context<P>) => void;
export type StackCheck<T extends Token, P extends Parameters> = (resource: Member<T>, context: StackContext<P>) => void;
/** Properties that mend a resource, to be laid over its own; called only on a resource with a violation. */
export type Remedy<T extends Token, P extends Parameters> = (
  resource: Subject<T>,
  config: ConfigOf<P>,
) => Record<string, unknown> | undefined;

export interface Policy<T extends Token = Token, P extends Parameters = Parameters> extends About {
  /** The resources looked at; `"every"` for all of them. */
  types: readonly T[] | "every";
  parameters: P;
  /** Checks on a resource's inputs, before it is made. */
  checks: Check<T, P>[];
  /** Checks on a resource among all others of its stack. */
  stackTypes: readonly T[] | "every";
  stackChecks: StackCheck<T, P>[];
  remedy?: Remedy<T, P>;
}

type Definition<T extends Token, P extends Parameters> = About & { parameters?: P } & (
    | {
        types: readonly T[] | "every";
        checks: Check<T, P>[];
        remedy?: Remedy<T, P>;
        stackTypes?: undefined;
        stackChecks?: undefined;
      }
    | {
        types?: undefined;
        checks?: undefined;
        remedy?: undefined;
        stackTypes: readonly T[] | "every";
        stackChecks: StackCheck<T, P>[];
      }
    | {
        types: readonly T[] | "every";
        checks: Check<T, P>[];
        remedy?: Remedy<T, P>;
        stackTypes: readonly T[] | "every";
        stackChecks: StackCheck<T, P>[];
      }
  );

const defined = new Set<string>();

/** The names of all policies that this process has, those of other packs' makers among them. */
export function policyNames(): string[] {
  return [...defined];
}

/** The one way to make a policy. A rule on one resource has `checks`, a rule across resources `stackChecks`. */
export function definePolicy<T extends Token, P extends Parameters = Record<never, never>>(
  definition: Definition<T, P>,
): Policy {
  const whole: Policy<T, P> = {
    ...definition,
    parameters: definition.parameters ?? ({} as P),
    types: definition.types ?? [],
    checks: definition.checks ?? [],
    stackTypes: definition.stackTypes ?? [],
    stackChecks: definition.stackChecks ?? [],
  };
  defined.add(whole.name);
  return whole as Policy<Token, Parameters> as Policy;
}
