import type { Draft } from "./draft";

/** Catalogs of PostgreSQL in which the sandbox's own databases, schemas, routines and roles would show, and their views without. */
const visible: Readonly<Record<string, string>> = {
  pg_database: "rs_visible_databases",
  pg_namespace: "rs_visible_namespaces",
  pg_proc: "rs_visible_routines",
  pg_roles: "rs_visible_roles",
};

/** The view that stands for a catalog, undefined where the catalog itself may be seen. */
export function visibleCatalog(name: readonly string[]): string | undefined {
  const last = name.at(-1) ?? "";
  const own = name.length === 1 || (name.length === 2 && name[0] === "pg_catalog");
  return own && Object.hasOwn(visible, last) ? visible[last] : undefined;
}

/** Words that may follow a table which has no name of its own. */
const followers = new Set([
  ..."where group having order limit offset union intersect except minus fetch for on using".split(" "),
  ..."join left right full inner cross natural window qualify".split(" "),
]);

/** `FROM pg_catalog.pg_database d`, as psql's \l and other tools that look around ask. */
export function rewriteCatalogs(draft: Draft): void {
  for (let at = 0; at < draft.length; at++) {
    const name = draft.value(at);
    if (!Object.hasOwn(visible, name) || draft.is(at + 1, ".", "(")) continue;
    const from = draft.is(at - 1, ".") && draft.is(at - 2, "pg_catalog") ? at - 2 : at;
    if (!namesTable(draft, from)) continue;
    const named = draft.is(at + 1, "as") || (draft.isName(at + 1) && !followers.has(draft.value(at + 1)));
    draft.replace({ from, to: at }, `pg_catalog.${visible[name]}${named ? "" : ` as ${name}`}`);
  }
}

/** Whether a name stands where FROM lists tables, and not in `extract(year FROM x)` or a list of columns. */
function namesTable(draft: Draft, at: number): boolean {
  if (draft.is(at - 1, "join")) return true;
  const parent = draft.parent(at);
  if (parent >= 0 && !draft.is(parent + 1, "select", "with")) return false;
  return draft.is(at - 1, "from") || (draft.is(at - 1, ",") && ["from", "join", "on"].includes(draft.clause(at)));
}
