import { loadModule, parseSync } from "libpg-query";

/** Positions, which differ between texts of the same tree. */
const position = /location$|^stmt_len$|list_(start|end)$/;

/** To be awaited before anything is judged: PostgreSQL's own grammar is loaded. */
export const ready = (): Promise<void> => loadModule();

/** PostgreSQL's tree of a text, without positions; undefined where PostgreSQL refuses it. */
export function judged(sql: string): unknown {
  try {
    return flattened(parseSync(sql).stmts);
  } catch {
    return undefined;
  }
}

/** Without positions and empty lists, and with AND and OR as one node however they were grouped. */
function flattened(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(flattened);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node)
    .filter(
      ([key, value]) => !position.test(key) && !(Array.isArray(value) && value.length === 0) && value !== undefined,
    )
    .map(([key, value]) => [key, flattened(value)] as const);
  return Object.fromEntries(entries.map(([key, value]) => [key, key === "BoolExpr" ? chain(value) : value]));
}

interface BoolExpr {
  boolop: string;
  args: { BoolExpr?: BoolExpr }[];
}

function chain(value: unknown): unknown {
  const { boolop, args } = value as BoolExpr;
  if (boolop === "NOT_EXPR") return value;
  return { boolop, args: args.flatMap((arg) => (arg.BoolExpr?.boolop === boolop ? arg.BoolExpr.args : [arg])) };
}
