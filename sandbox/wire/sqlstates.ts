/** Names of the conditions that people meet. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const conditions: Readonly<Record<string, string>> = {
  "0A000": "feature not supported",
  "22012": "division by zero",
  "22P02": "invalid text representation",
  "23502": "not null violation",
  "25006": "read only transaction",
  "25P02": "in failed transaction",
  "28000": "invalid authorization",
  "3D000": "no such database",
  "3F000": "no such schema",
  "42501": "insufficient privilege",
  "42601": "syntax error",
  "42703": "no such column",
  "42710": "object exists",
  "42883": "no such function",
  "42P01": "no such table",
  "42P06": "schema exists",
  "42P07": "table exists",
  "55006": "object in use",
  "57014": "query canceled",
  "57P01": "warehouse shut down",
  XX000: "internal error",
};

/** An SQLSTATE, with the name of its condition where that is known. */
export function tellState(state: string): string {
  const condition = Object.hasOwn(conditions, state) ? conditions[state] : undefined;
  return condition ? `${state}, ${condition}` : state;
}
