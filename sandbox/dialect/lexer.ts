/** What a token is; `trailer` is the empty token that carries the trivia after the last one. */
export type TokenKind = "word" | "quoted" | "string" | "number" | "parameter" | "symbol" | "trailer";

/**
 * One token together with the white space and comments before it, so that rules look at neighbours by index.
 * `value` is what rules compare (words folded to lower case, quoted names without their quotes) and never changes;
 * `lead` and `text` are what is written out, and are what rules edit.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly value: string;
  lead: string;
  text: string;
}

const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const number = /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y;
const parameter = /\$\d+/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const stringPrefix = /[eEbBxXnN]$/;
const wordBefore = /[\w$)\]"'\u0080-\uffff]/;

/**
 * Splits SQL into tokens without loss: `render(lex(sql)) === sql` for every text, valid or not.
 * Strings follow Redshift's rules, where a backslash escapes in every literal (`standard_conforming_strings` off).
 */
export function lex(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const start = skipTrivia(sql, at);
    const lead = sql.slice(at, start);
    if (start >= sql.length) {
      tokens.push({ kind: "trailer", value: "", lead, text: "" });
      return tokens;
    }
    const [kind, end] = scan(sql, start);
    const text = sql.slice(start, end);
    tokens.push({ kind, value: foldedValue(kind, text), lead, text });
    at = end;
  }
}

/** The text of tokens as they now stand. */
export function render(tokens: readonly Token[]): string {
  let text = "";
  for (const token of tokens) text += token.lead + token.text;
  return text;
}

function foldedValue(kind: TokenKind, text: string): string {
  if (kind === "word") return text.toLowerCase();
  if (kind === "quoted")
    return text.slice(1, text.length > 1 && text.endsWith('"') ? -1 : undefined).replace(/""/g, '"');
  return text;
}

function skipTrivia(sql: string, from: number): number {
  let at = from;
  while (at < sql.length) {
    const code = sql.charCodeAt(at);
    if (code <= 32) at++;
    else if (code === 45 && sql.charCodeAt(at + 1) === 45) {
      const end = sql.indexOf("\n", at);
      at = end < 0 ? sql.length : end + 1;
    } else if (code === 47 && sql.charCodeAt(at + 1) === 42) at = blockCommentEnd(sql, at);
    else break;
  }
  return at;
}

/** Block comments nest, as in PostgreSQL. */
function blockCommentEnd(sql: string, from: number): number {
  let depth = 0;
  for (let at = from; at < sql.length; at++) {
    if (sql.startsWith("/*", at)) {
      depth++;
      at++;
    } else if (sql.startsWith("*/", at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return sql.length;
}

function scan(sql: string, at: number): [TokenKind, number] {
  const character = sql[at]!;
  if (character === "'") return ["string", quotedEnd(sql, at, "'", true)];
  if (character === '"') return ["quoted", quotedEnd(sql, at, '"', false)];
  if (character === "$") {
    const positional = match(parameter, sql, at);
    if (positional) return ["parameter", positional];
    const tagEnd = match(dollarTag, sql, at);
    if (tagEnd) {
      const tag = sql.slice(at, tagEnd);
      const close = sql.indexOf(tag, tagEnd);
      return ["string", close < 0 ? sql.length : close + tag.length];
    }
    return ["symbol", at + 1];
  }
  const wordEnd = match(word, sql, at);
  if (wordEnd) {
    if (sql[wordEnd] === "'" && wordEnd - at === 1 && stringPrefix.test(character))
      return ["string", quotedEnd(sql, wordEnd, "'", true)];
    return ["word", wordEnd];
  }
  // `#name` is a temporary table, but `a#b` is an operator.
  if (character === "#" && (at === 0 || !wordBefore.test(sql[at - 1]!))) {
    const end = match(word, sql, at + 1);
    if (end) return ["word", end];
  }
  const numberEnd = match(number, sql, at);
  if (numberEnd) return ["number", numberEnd];
  if (character === ":" && sql[at + 1] === ":") return ["symbol", at + 2];
  return ["symbol", at + 1];
}

function match(pattern: RegExp, sql: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}

function quotedEnd(sql: string, from: number, quote: string, backslash: boolean): number {
  for (let at = from + 1; at < sql.length; at++) {
    const character = sql[at];
    if (backslash && character === "\\") at++;
    else if (character === quote) {
      if (sql[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return sql.length;
}
