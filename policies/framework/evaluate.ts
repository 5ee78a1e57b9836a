import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { effectiveConfig } from "./config";
import { Graph } from "./graph";
import { undecidedText, unseenText, violationText } from "./messages";
import { stackOf } from "./names";
import { Undecided } from "./peek";
import type { Finding, Policy, Report } from "./policy";
import { Subject } from "./subject";
import { UnknownValueError } from "./unknown-values";

/** What a resource policy says about one resource. */
export function evaluateResource(
  policy: Policy,
  args: Pick<ResourceValidationArgs, "type" | "urn" | "name" | "opts" | "provider" | "props">,
  given: Record<string, unknown>,
): Finding[] {
  if (!concerns(policy.types, args.type)) return [];
  const subject = new Subject(args);
  const { config, advisory } = effectiveConfig(policy.parameters, given, subject.stack);
  const collector = new Collector(policy, subject, advisory, false);
  for (const check of policy.checks) {
    collector.attempt(() => check(subject, { ...collector.report, config, stack: subject.stack }));
  }
  return collector.findings;
}

/** What a stack policy says about all resources of a stack, each examined by itself. */
export function evaluateStack(
  policy: Policy,
  resources: readonly PolicyResource[],
  given: Record<string, unknown>,
): Finding[] {
  if (policy.stackChecks.length === 0 || resources.length === 0) return [];
  const stack = stackOf(resources[0]!.urn);
  const { config, advisory } = effectiveConfig(policy.parameters, given, stack);
  const graph = new Graph(resources);
  const findings: Finding[] = [];
  const subjects = policy.stackTypes === "every" ? graph.all() : graph.of(...policy.stackTypes);
  for (const subject of subjects) {
    const collector = new Collector(policy, subject, advisory, true);
    for (const check of policy.stackChecks) {
      collector.attempt(() => check(subject, { ...collector.report, config, stack, graph }));
    }
    findings.push(...collector.findings);
  }
  return findings;
}

/** The properties that mend a resource, or nothing when it is in order (so that a second run changes nothing). */
export function remedyFor(
  policy: Policy,
  args: Pick<ResourceValidationArgs, "type" | "urn" | "name" | "opts" | "provider" | "props">,
  given: Record<string, unknown>,
): Record<string, unknown> | undefined {
  if (!policy.remedy || !evaluateResource(policy, args, given).some(({ kind }) => kind === "violation"))
    return undefined;
  const subject = new Subject(args);
  return policy.remedy(subject, effectiveConfig(policy.parameters, given, subject.stack).config);
}

export function concerns(types: Policy["types"], type: string): boolean {
  return types === "every" || (types as readonly string[]).includes(type);
}

/** Collects what the checks of one policy find on one resource. */
class Collector {
  readonly findings: Finding[] = [];
  readonly report: Report;
  private readonly open = new Set<string>();

  constructor(
    private readonly policy: Policy,
    private readonly subject: Subject,
    private readonly softened: boolean,
    private readonly across: boolean,
  ) {
    this.report = {
      violation: (what, options) =>
        this.add("violation", violationText(policy, subject.name, what, options?.mend), options?.advisory ?? false),
      undecided: (...paths) => this.cannotDecide(paths),
      unseen: (what) => this.add("undecided", unseenText(subject.name, what), true),
    };
  }

  /** Runs one check; what it cannot know is reported, not thrown. Any other error names the policy and the resource. */
  attempt(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (error instanceof Undecided) this.cannotDecide(error.paths);
      else if (error instanceof UnknownValueError) this.cannotDecide([error.props.join(".")]);
      else throw new Error(`${this.policy.name} failed on ${this.subject.urn}`, { cause: error });
    }
  }

  private cannotDecide(paths: readonly string[]): void {
    const fresh = paths.filter((path) => !this.open.has(path));
    for (const path of fresh) this.open.add(path);
    if (fresh.length > 0) this.add("undecided", undecidedText(this.subject.name, fresh, this.across), true);
  }

  private add(kind: Finding["kind"], text: string, advisory: boolean): void {
    this.findings.push({ kind, urn: this.subject.urn, text, advisory: advisory || this.softened });
  }
}
