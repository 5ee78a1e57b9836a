/** Statements that change nothing but rows or a session's settings: what they quote is never run. */
const onlyData = /^(?:select|with|insert|update|delete|merge|values|comment|copy|unload|set|reset|show|explain)\b/i;
/** What SQL begins with; no shell command does. */
const statementStart =
  /^(?:create|alter|grant|revoke|drop|begin|start|commit|call|select|with|insert|update|delete)\b/i;

/** The parts of SQL that hide others: texts, quoted names, bodies of procedures, comments. And the end of a statement. */
const standard = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|;/g;
const backslashed = /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|;/g;

/**
 * What SQL does: its statements without comments, and without those that only change rows, which may quote anything. What
 * others quote stays: EXECUTE and CALL may run it. Whether a backslash hides a quote depends on the server's settings, so
 * a text with one is read both ways.
 */
export function meaningOfSql(sql: string): string {
  const readings = sql.includes("\\") ? [standard, backslashed] : [standard];
  return readings.flatMap((parts) => statementsIn(sql, parts)).join(";\n");
}

function statementsIn(sql: string, parts: RegExp): string[] {
  const statements: string[] = [];
  let current = "";
  let from = 0;
  const end = () => {
    const statement = current.replace(/^\s*(?:begin\b\s*)?/i, "");
    if (statement && !onlyData.test(statement)) statements.push(statement.trimEnd());
    current = "";
  };
  for (const match of sql.matchAll(parts)) {
    const [part] = match;
    current += sql.slice(from, match.index);
    from = match.index + part.length;
    if (part === ";") end();
    else if (part.startsWith("'")) current += part;
    else if (part.startsWith('"')) current += part.replaceAll(";", ",");
    else if (part.startsWith("$")) {
      const tag = `$${match[1]}$`;
      current += ` ${statementsIn(part.slice(tag.length, -tag.length), parts).join("; ")} `;
    } else current += " ";
  }
  current += sql.slice(from);
  end();
  return statements;
}

/** Whether a text is SQL from its beginning, comments aside. */
export function startsAsSql(text: string): boolean {
  return statementStart.test(text.replace(/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/, ""));
}

/** A statement that only changes rows, from a quotation mark or the beginning of a line to where it may end. */
const dataInText =
  /(?<=^|["\n])[ \t]*(?:select\b|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|merge\s+into\b|values\b|comment\s+on\b)(?:[^'";\n]|'[^'\n]*')*/gi;

/**
 * What SQL within a text of another language (shell, JSON, YAML, a here-document) does. Escapes of those languages are
 * read as what they stand for, as often as they are escaped themselves. What only quotes is left out where the text makes
 * that certain; `--` stays, since in a shell it begins an option.
 */
export function meaningOfText(text: string): string {
  return text
    .replace(/\\+u00(?:0a|0d|09|20)/gi, " ")
    .replace(/\\+u0027/gi, "'")
    .replace(/\\+u0022/gi, '"')
    .replace(/\\+(?:[nrt]|\r?\n)/g, "\n")
    .replace(/\\+(["'])/g, "$1")
    .replace(dataInText, " ");
}

/** What may stand between two words of SQL within a text: space, comments, the seams of quoted pieces. */
export const seam = String.raw`(?:\s|["'+]|/\*[\s\S]*?\*/|--[^\n]*\n)*`;
