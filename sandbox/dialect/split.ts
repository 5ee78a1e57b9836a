import type { Token } from "./lexer";

/**
 * Splits the tokens of a simple query into its statements, each ending in a trailer of its own. The semicolons go;
 * what is empty but for comments is left out.
 */
export function splitStatements(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [];
  let current: Token[] = [];
  let depth = 0;
  // A body written as BEGIN ATOMIC … END holds semicolons of its own.
  let atomic = 0;
  for (const token of tokens) {
    if (token.kind === "word") {
      if (token.value === "atomic" && current.at(-1)?.value === "begin") atomic++;
      else if (atomic > 0 && token.value === "case") atomic++;
      else if (atomic > 0 && token.value === "end") atomic--;
    }
    if (token.value === "(" && token.kind === "symbol") depth++;
    else if (token.value === ")" && token.kind === "symbol") depth--;
    const ends =
      token.kind === "trailer" || (token.kind === "symbol" && token.value === ";" && depth <= 0 && atomic === 0);
    if (!ends) {
      current.push(token);
      continue;
    }
    if (current.length) {
      current.push({ kind: "trailer", value: "", lead: token.lead, text: "" });
      statements.push(current);
    }
    current = [];
  }
  return statements;
}
