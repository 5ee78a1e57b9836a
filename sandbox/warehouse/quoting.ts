/** An identifier of PostgreSQL, always quoted. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A string literal that reads the same whether or not the session takes backslashes as escapes. */
export const literal = (text: string): string => `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** `literal`, or NULL for what is absent. */
export const literalOrNull = (text: string | undefined | null): string =>
  text === undefined || text === null ? "null" : literal(text);
