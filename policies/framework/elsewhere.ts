import { type Graph, isOpen, type Member } from "./graph";
import type { Report } from "./policy";
import type { KeyOf, Token } from "./types";

/**
 * Says that a property names something that is not part of the stack, or is not known yet. What it names in the stack,
 * as an output or by a name written out, is judged there.
 */
export function noteElsewhere<F extends Token, T extends Token>(
  graph: Graph,
  member: Member<F>,
  key: KeyOf<F>,
  types: readonly T[],
  report: Pick<Report, "undecided" | "unseen">,
): void {
  const reference = graph.reference(member, key, types);
  const given = member.peek(key);
  if (isOpen(reference)) report.undecided(key);
  else if (reference.outside > 0 && given.state === "known")
    report.unseen(`${key} is ${given.value}, which is not part of this stack`);
}
