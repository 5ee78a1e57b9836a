import { lex, render } from "../../dialect/lexer";

/** Characters of a statement that the history keeps, as SYS_QUERY_HISTORY does. */
const longestText = 4_000;
const secretWords = new Set(["password", "secret_access_key", "access_key_id", "session_token", "credentials"]);
const maySayASecret = /password|secret_access_key|access_key_id|session_token|credentials/i;

/** The views for which the history must be complete. */
export const asksForHistory = /\b(?:sys_query_(?:history|text)|stl_query(?:text)?|svl_qlog|stv_recents)\b/i;

/** A statement as history shows it: literals after words like PASSWORD read '***', digests no less than clear text. */
export function historyText(sql: string): string {
  let text = sql;
  if (maySayASecret.test(sql)) {
    const tokens = lex(sql);
    tokens.forEach((token, index) => {
      const before = tokens[index - 1];
      if (token.kind === "string" && before?.kind === "word" && secretWords.has(before.value)) token.text = "'***'";
    });
    text = render(tokens);
  }
  if (text.length <= longestText) return text;
  // Half of a pair of code units is no character.
  const end = /[\ud800-\udbff]/.test(text[longestText - 1] ?? "") ? longestText - 1 : longestText;
  // A slice would keep the whole text in memory for as long as it lives.
  return Buffer.from(text.slice(0, end)).toString();
}
