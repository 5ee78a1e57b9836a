import type { Draft, Range } from "./draft";
import { DialectError } from "./statements";

/** Redshift's types that PostgreSQL knows by another name. */
const renamed: Readonly<Record<string, string>> = {
  super: "jsonb",
  nvarchar: "varchar",
  nchar: "char",
  datetime: "timestamp",
  varbyte: "bytea",
  varbinary: "bytea",
};
const withoutLength = new Set(["varbyte", "varbinary"]);
const unavailable = new Set(["geometry", "geography", "hllsketch"]);
/** `max` is the longest string Redshift holds, in bytes. */
const longestString = "65535";

/** PostgreSQL's name of the type in a range, undefined when it is the same. */
export function typeName(draft: Draft, range: Range): string | undefined {
  const name = draft.value(range.from);
  if (unavailable.has(name))
    throw new DialectError(`type ${name} is not supported here`, "The sandbox stores no spatial or sketch values.");
  const replacement = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
  let open = range.from + 1;
  while (open <= range.to && !draft.is(open, "(")) open++;
  const max = draft.is(open, "(") && draft.is(open + 1, "max");
  if (!replacement && !max) return undefined;
  const words = replacement ?? draft.text({ from: range.from, to: open - 1 });
  if (!draft.is(open, "(") || withoutLength.has(name)) return words;
  const length = max ? longestString : draft.text({ from: open + 1, to: draft.partner(open) - 1 });
  return `${words}(${length})`;
}

/** Last token of the type that begins at `from`: its words and their parenthesis. */
export function typeEnd(draft: Draft, from: number): number {
  let end = from;
  if (draft.is(from, "character", "bit", "national") && draft.is(from + 1, "varying", "character", "char")) end++;
  if (draft.is(end + 1, "(")) end = draft.partner(end + 1);
  return end;
}

/** Writes a type in PostgreSQL's words; nothing to do for most. */
export function rewriteType(draft: Draft, from: number): void {
  const range = { from, to: typeEnd(draft, from) };
  const name = typeName(draft, range);
  if (name !== undefined) draft.replace(range, name);
}

/** Types in expressions: after `::` and in `CAST(x AS type)`. */
export function rewriteCasts(draft: Draft): void {
  for (let at = draft.length - 1; at > 0; at--) {
    if (draft.tokens[at]!.kind !== "word") continue;
    if (draft.is(at - 1, "::")) rewriteType(draft, at);
    else if (draft.is(at - 1, "as") && draft.is(draft.parent(at) - 1, "cast")) rewriteType(draft, at);
  }
}
