/** A statement of a file. */
export interface PlacedStatement {
  /** With the comments before it. */
  text: string;
  /** Without them. */
  bare: string;
  /** Where it begins behind them, from 1. */
  line: number;
}

/** The texts of a file's statements. */
export const splitStatements = (sql: string): string[] => placedStatements(sql).map(({ text }) => text);

/**
 * Splits a file of SQL at its semicolons, leaving alone those inside strings, quoted names, comments and dollar quotes.
 * Comments before a statement stay with it; what holds no statement is dropped.
 */
export function placedStatements(sql: string): PlacedStatement[] {
  const statements: PlacedStatement[] = [];
  let start = 0;
  /** Where the statement itself begins. */
  let substance: number | undefined;
  let at = 0;
  const flush = (end: number) => {
    if (substance !== undefined)
      statements.push({
        text: sql.slice(start, end).trim(),
        bare: sql.slice(substance, end).trim(),
        line: sql.slice(0, substance).split("\n").length,
      });
    substance = undefined;
  };
  while (at < sql.length) {
    const skipped = skip(sql, at);
    if (skipped.end > at) {
      if (!skipped.comment) substance ??= at;
      at = skipped.end;
      continue;
    }
    if (sql[at] === ";") {
      flush(at);
      start = at + 1;
    } else if (!/\s/.test(sql[at]!)) substance ??= at;
    at++;
  }
  flush(sql.length);
  return statements;
}

/** End of the string, quoted name, dollar quote or comment that starts at `at`; `at` itself when none does. */
export function skip(sql: string, at: number): { end: number; comment: boolean } {
  const two = sql.slice(at, at + 2);
  if (two === "--") {
    const end = sql.indexOf("\n", at);
    return { end: end < 0 ? sql.length : end, comment: true };
  }
  if (two === "/*") return { end: blockCommentEnd(sql, at), comment: true };
  const character = sql[at];
  if (character === "'" || character === '"') return { end: quotedEnd(sql, at, character), comment: false };
  const tag = character === "$" ? /^\$(?:[A-Za-z_]\w*)?\$/.exec(sql.slice(at, at + 66))?.[0] : undefined;
  if (tag) {
    const end = sql.indexOf(tag, at + tag.length);
    return { end: end < 0 ? sql.length : end + tag.length, comment: false };
  }
  return { end: at, comment: false };
}

function blockCommentEnd(sql: string, at: number): number {
  let depth = 0;
  for (let i = at; i < sql.length; i++) {
    const two = sql.slice(i, i + 2);
    if (two === "/*") {
      depth++;
      i++;
    } else if (two === "*/") {
      depth--;
      i++;
      if (depth === 0) return i + 1;
    }
  }
  return sql.length;
}

function quotedEnd(sql: string, at: number, quote: string): number {
  for (let i = at + 1; i < sql.length; i++) {
    if (quote === "'" && sql[i] === "\\") i++;
    else if (sql[i] === quote) {
      if (sql[i + 1] !== quote) return i + 1;
      i++;
    }
  }
  return sql.length;
}
