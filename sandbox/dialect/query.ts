import type { Draft } from "./draft";
import { rewriteQualify } from "./qualify";

/** MINUS, TOP and QUALIFY at a word; what lies within the query is finished. */
export function rewriteQuery(draft: Draft, at: number): void {
  if (draft.is(at, "minus")) setOperator(draft, at);
  else if (draft.is(at, "select") && !draft.isColumnPart(at)) {
    top(draft, at);
    rewriteQualify(draft, at);
  }
}

function setOperator(draft: Draft, at: number): void {
  const query = draft.is(at + 1, "select", "(", "all");
  if (query && at > 0 && !draft.is(at - 1, ".", ",", "select", "as")) draft.replaceOne(at, "except");
}

/** `SELECT TOP n …` → `… LIMIT n`; a block that is part of a UNION keeps its limit in parentheses. */
function top(draft: Draft, select: number): void {
  const at = draft.is(select + 1, "distinct", "all") ? select + 2 : select + 1;
  if (!draft.is(at, "top")) return;
  const count = draft.tokens[at + 1]!;
  if (count.kind !== "number" && count.kind !== "parameter") return;
  const block = draft.block(select);
  draft.remove({ from: at, to: at + 1 });
  if (block.setOperator || draft.is(select - 1, "union", "all", "except", "intersect", "minus")) {
    draft.insertBefore(select, "(");
    draft.insertAfter(block.to, ` limit ${count.value})`);
  } else draft.insertAfter(block.to, ` limit ${count.value}`);
}
