import { inWords } from "./names";
import type { About } from "./policy";

/**
 * What the author of a pull request reads, below the policy's description: what and where and why in the first line,
 * how to mend it in the second.
 */
export function violationText(policy: About, resource: string, what: string, mend = policy.mend): string {
  return `${resource}: ${withoutStop(what)}. ${sentence(policy.why)}\nMend: ${sentence(mend)}`;
}

export function undecidedText(resource: string, paths: readonly string[], across: boolean): string {
  const when = across ? "at the end of `pulumi up`" : "during `pulumi up`, before the resource is made";
  const what = `${inWords(paths)} ${paths.length > 1 ? "are" : "is"} not known at preview`;
  return `${resource}: undecided, since ${what}.\nNothing to mend yet: it is decided ${when}, or at preview where the program itself gives the value.`;
}

export function unseenText(resource: string, what: string): string {
  return `${resource}: undecided, since ${withoutStop(what)}.\nNo preview of this stack can tell: see for yourself that the rule holds there.`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${withoutStop(text).slice(1)}.`;
}
