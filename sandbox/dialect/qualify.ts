import type { Draft, Range } from "./draft";
import { quoteName } from "./literals";
import { DialectError } from "./statements";

const condition = quoteName("rs$qualify");
const source = quoteName("rs$rows");
/** A call that an earlier rule named carries the name in its text. */
const named = / as (\w+)$/;
const joins = ["join", "left", "right", "full", "inner", "cross", "natural", "outer", "on", "using"];

/** An entry of the select list: how the inner query writes it, how the outer one reads it. */
interface Item {
  readonly inner: string;
  readonly outer: string;
}

/**
 * `SELECT … QUALIFY condition ORDER BY … LIMIT n` becomes a query over the same one with the condition as a further
 * column. ORDER BY stays inside, where it may use any column; LIMIT counts what is left.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_QUALIFY_clause.html
 */
export function rewriteQualify(draft: Draft, select: number): void {
  const block = draft.block(select);
  const qualify = draft.find(select + 1, block.to, "qualify");
  if (qualify < 0 || draft.is(qualify + 1, ",", ")", ".", "=") || qualify === block.to) return;
  const distinct = draft.is(select + 1, "distinct");
  const first = select + (distinct || draft.is(select + 1, "all") ? 2 : 1);
  const from = draft.find(first, qualify, "from");
  const order = draft.find(qualify, block.to, "order");
  const limit = draft.find(qualify, block.to, "limit", "offset");
  const conditionEnd = [order, limit].filter((at) => at > 0).reduce((a, b) => Math.min(a, b), block.to + 1) - 1;
  if (from < 0) throw new DialectError("QUALIFY needs a FROM clause", undefined, "42601");

  const list = draft.parts({ from: first, to: from - 1 });
  const items = list.flatMap((range, index) => itemsOf(draft, range, index, { from: from + 1, to: qualify - 1 }));
  const orderText = order > 0 ? ` ${draft.text({ from: order, to: (limit > order ? limit : block.to + 1) - 1 })}` : "";
  // A limit added by TOP stands behind the last token.
  const limitText = limit > 0 ? ` ${draft.text({ from: limit, to: block.to })}` : "";
  const test = substituteAliases(draft, { from: qualify + 1, to: conditionEnd }, list);
  const inner = `select ${items.map((item) => item.inner).join(", ")}, (${test}) as ${condition} ${draft.text({ from, to: qualify - 1 })}${orderText}`;
  const outer = `select ${distinct ? "distinct " : ""}${items.map((item) => item.outer).join(", ")} from (${inner}) as ${source} where ${condition}${limitText}`;
  draft.replace({ from: select, to: block.to }, outer);
}

function itemsOf(draft: Draft, range: Range, index: number, from: Range): Item[] {
  const column = quoteName(`rs$${index + 1}`);
  if (draft.is(range.to, "*")) {
    const tables =
      range.from === range.to ? tableNames(draft, from) : [draft.text({ from: range.from, to: range.to - 2 })];
    return tables.map((table, position) => {
      const rows = quoteName(`rs$${index + 1}$${position}`);
      return { inner: `${table} as ${rows}`, outer: `(${source}.${rows}).*` };
    });
  }
  const name = aliasOf(draft, range);
  const value = draft.text({ from: range.from, to: name.valueEnd }).replace(named, "");
  return [{ inner: `${value} as ${column}`, outer: `${source}.${column} as ${name.text}` }];
}

/** The name of an entry, given or as PostgreSQL would choose it. */
function aliasOf(draft: Draft, { from, to }: Range): { text: string; valueEnd: number } {
  const last = draft.tokens[to]!;
  if (to > from && draft.isName(to)) {
    if (draft.is(to - 1, "as")) return { text: last.text, valueEnd: to - 2 };
    const before = draft.tokens[to - 1]!;
    const endsValue = before.kind !== "symbol" || before.value === ")" || before.value === "]";
    if (endsValue && last.value !== "end") return { text: last.text, valueEnd: to - 1 };
    if (draft.is(to - 1, ".")) return { text: last.text, valueEnd: to };
  }
  if (from === to && draft.isName(from)) return { text: last.text, valueEnd: to };
  const cast = draft.find(from, to, "::");
  if (cast > from && draft.isName(cast - 1)) return { text: draft.tokens[cast - 1]!.text, valueEnd: to };
  if (draft.is(from, "case")) return { text: quoteName("case"), valueEnd: to };
  const renamed = named.exec(draft.text({ from, to }));
  if (renamed) return { text: renamed[1]!, valueEnd: to };
  if (draft.isName(from) && draft.is(from + 1, "(")) return { text: draft.tokens[from]!.text, valueEnd: to };
  return { text: quoteName("?column?"), valueEnd: to };
}

/** What `*` stands for: the tables of a FROM clause, by alias or name. */
function tableNames(draft: Draft, from: Range): string[] {
  if (draft.find(from.from, from.to, "using", "natural") > 0)
    throw new DialectError(
      "SELECT * with QUALIFY over JOIN … USING is not supported here",
      "Name the columns, or join with ON.",
    );
  const tables: string[] = [];
  const end = draft.find(from.from, from.to, "where", "group", "having", "window");
  const to = end < 0 ? from.to : end - 1;
  for (let at = from.from; at <= to; at++) {
    const starts = at === from.from || draft.is(at - 1, ",", "join");
    if (!starts) {
      if (draft.is(at, "(")) at = draft.partner(at);
      continue;
    }
    let last = draft.is(at, "(") ? draft.partner(at) : at;
    while (draft.is(last + 1, ".")) last += 2;
    const named = draft.is(last + 1, "as") ? last + 2 : last + 1;
    const alias = named <= to && draft.isName(named) && !joins.includes(draft.value(named));
    if (!alias && draft.is(at, "("))
      throw new DialectError("a subquery beside QUALIFY needs a name", undefined, "42601");
    tables.push(draft.tokens[alias ? named : last]!.text);
    at = alias ? named : last;
  }
  return tables;
}

/** The condition may use the names of the list's window functions: each is put in for its name. */
function substituteAliases(draft: Draft, range: Range, list: readonly Range[]): string {
  const windows = new Map<string, string>();
  for (const item of list) {
    if (draft.find(item.from, item.to, "over") < 0) continue;
    const name = aliasOf(draft, item);
    if (name.valueEnd < item.to)
      windows.set(draft.tokens[item.to]!.value, draft.text({ from: item.from, to: name.valueEnd }));
  }
  for (let at = range.from; at <= range.to; at++) {
    if (!draft.isName(at) || draft.isColumnPart(at) || draft.is(at + 1, ".", "(")) continue;
    const window = windows.get(draft.tokens[at]!.value);
    if (window !== undefined) draft.replaceOne(at, `(${window})`);
  }
  return draft.text(range);
}
