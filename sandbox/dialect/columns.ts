import type { Draft, Range } from "./draft";
import type { TableAttributes } from "./table-attributes";
import { rewriteType } from "./types";

const tableConstraints = new Set(["primary", "unique", "foreign", "constraint", "like", "check", "exclude"]);

/**
 * One entry of a table's list: type, identity, compression, keys, collation. Foreign keys are declared without being
 * enforced, as in Redshift. https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html
 */
export function rewriteColumn(draft: Draft, { from, to }: Range, attributes: TableAttributes): void {
  if (draft.find(from, to, "references") > 0) draft.insertAfter(to, " not enforced");
  if (draft.tokens[from]!.kind === "word" && tableConstraints.has(draft.value(from))) return;
  const column = draft.tokens[from]!.value;
  if (from < to) rewriteType(draft, from + 1);
  for (let at = from + 1; at <= to; at++) {
    if (draft.is(at, "(")) at = draft.partner(at);
    else if (draft.is(at, "encode")) {
      attributes.encodings = { ...attributes.encodings, [column]: draft.value(at + 1) };
      removeFrom(draft, at, at + 1);
    } else if (draft.is(at, "distkey")) {
      attributes.distkey = column;
      attributes.diststyle = "key";
      removeFrom(draft, at, at);
    } else if (draft.is(at, "sortkey")) {
      attributes.sortkey = [...(attributes.sortkey ?? []), column];
      attributes.sortstyle = "compound";
      removeFrom(draft, at, at);
    } else if (draft.is(at, "collate") && draft.is(at + 1, "case_sensitive", "case_insensitive", "cs", "ci"))
      removeFrom(draft, at, at + 1);
    else if (draft.is(at, "identity") && draft.is(at + 1, "(") && !draft.is(at + 2, "start", "increment"))
      identity(draft, at);
  }
}

/** Text put behind the last word of a column must survive when that word goes. */
function removeFrom(draft: Draft, from: number, to: number): void {
  const kept = draft.tokens[to]!.text.endsWith(" not enforced") ? " not enforced" : "";
  draft.remove({ from, to });
  if (kept) draft.insertAfter(to, kept);
}

function identity(draft: Draft, at: number): void {
  const [seed, step] = draft.arguments(at + 1).map((range) => draft.text(range));
  const options = `identity (start with ${seed ?? "1"} increment by ${step ?? "1"})`;
  const words = draft.is(at - 1, "as") ? options : `generated always as ${options}`;
  draft.replace({ from: at, to: draft.partner(at + 1) }, words);
}
