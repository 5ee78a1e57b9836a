import type { Call } from "./call";

/** `LISTAGG([DISTINCT] x [, delimiter]) [WITHIN GROUP (ORDER BY …)]` → string_agg, which orders inside its parentheses. */
export function listAgg(call: Call): void {
  const { draft } = call;
  const first = call.ranges[0];
  if (!first) return;
  const distinct = draft.is(first.from, "distinct") || draft.is(first.from, "all");
  const prefix = draft.is(first.from, "distinct") ? "distinct " : "";
  const value = draft.text({ from: first.from + (distinct ? 1 : 0), to: first.to });
  const delimiter = call.count > 1 ? call.argument(1) : "''";
  const group = withinGroup(call);
  // PostgreSQL sorts DISTINCT values by themselves, and only when the expressions are the same text.
  const order = group
    ? ` ${prefix && sameColumn(group.order, value) ? group.order.replace(value, `(${value})::text`) : group.order}`
    : "";
  call.become(
    `string_agg(${prefix}(${value})::text, ${delimiter}${order})`,
    aggregateName(call, group, "listagg"),
    group?.end,
  );
}

/** `PERCENTILE_CONT(p) WITHIN GROUP (ORDER BY x) OVER (…)`: PostgreSQL's own is no window function, ours is. */
export function percentile(call: Call): void {
  const group = withinGroup(call);
  if (!group || !call.draft.is(group.end + 1, "over")) return;
  const [, operand, direction] = /^order\s+by\s+(.*?)(?:\s+(asc|desc))?$/is.exec(group.order) ?? [];
  if (operand === undefined) return;
  const fraction = /^desc$/i.test(direction ?? "") ? `1 - (${call.argument(0)})` : call.argument(0);
  call.become(`pg_catalog.rs_${call.draft.value(call.at)}(${operand}, ${fraction})`, undefined, group.end);
}

/** `RATIO_TO_REPORT(x) OVER (w)` → x over its own sum. */
export function ratioToReport(call: Call): void {
  const { draft, close } = call;
  if (!draft.reads(close + 1, "over", "(")) return;
  const to = draft.partner(close + 2);
  const window = draft.text({ from: close + 1, to });
  const value = call.argument(0);
  call.become(`((${value}) * 1.0 / nullif(sum(${value}) ${window}, 0))`, "ratio_to_report", to);
}

/** `APPROXIMATE COUNT(DISTINCT …)` and `APPROXIMATE PERCENTILE_DISC(…)`: the exact answer is a good approximation. */
export function approximate(call: Call): void {
  const { draft, at } = call;
  if (draft.is(at - 1, "approximate")) draft.remove({ from: at - 1, to: at - 1 });
}

function withinGroup(call: Call): { order: string; end: number } | undefined {
  const { draft, close } = call;
  if (!draft.reads(close + 1, "within", "group", "(")) return undefined;
  const end = draft.partner(close + 3);
  return { order: draft.text({ from: close + 4, to: end - 1 }), end };
}

function sameColumn(order: string, value: string): boolean {
  return (
    order
      .replace(/^order\s+by\s+/i, "")
      .replace(/\s+(asc|desc)$/i, "")
      .trim() === value
  );
}

/** An `OVER (…)` still follows the aggregate: the name must not come between. */
function aggregateName(call: Call, group: { end: number } | undefined, name: string): string | undefined {
  return call.draft.is((group?.end ?? call.close) + 1, "over") ? undefined : name;
}
