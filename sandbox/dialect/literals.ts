/** A name as SQL text, quoted always: what follows is decided by the rule, not by the name. */
export function quoteName(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

/** A string as SQL text, safe whether or not backslashes escape. */
export function quoteText(text: string): string {
  const quoted = text.replace(/'/g, "''").replace(/\\/g, "\\\\");
  return text.includes("\\") ? `E'${quoted}'` : `'${quoted}'`;
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The value of a string literal as Redshift reads it: `''` and backslash escapes, or dollar quotes. */
export function unquoteText(literal: string): string {
  const dollar = /^\$[^$]*\$/.exec(literal)?.[0];
  if (dollar) return literal.slice(dollar.length, -dollar.length);
  const body = literal.slice(literal.indexOf("'") + 1, -1);
  return body.replace(/''|\\(.)/gs, (both, escaped: string | undefined) =>
    escaped === undefined ? both.slice(1) : (escapes[escaped] ?? escaped),
  );
}
