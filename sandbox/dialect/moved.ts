import { parseQuery, parseStatement } from "./grammar";
import type { Query } from "./grammar/query-nodes";
import type { Statement } from "./grammar/statement-nodes";
import type { Token } from "./lexer";
import { writeQueryText, writeStatement } from "./postgres";
import { lower, lowerWithin, readsCatalogsOnly } from "./semantics";
import { namesCatalogsOnly } from "./semantics/names";
import { DialectError, type RewriteContext } from "./statements";

/** Words that begin a statement which is read into a tree. */
const changes = new Set(["insert", "update", "delete", "merge"]);
const queries = new Set(["select", "with", "values", "("]);

/**
 * A statement in PostgreSQL's words by way of its tree; undefined for those that rules over tokens still serve:
 *
 * | class | why |
 * |---|---|
 * | queries over system catalogs alone | PostgreSQL answers them, and tools ask with what the leader node alone has |
 * | all but SELECT, INSERT, UPDATE, DELETE, MERGE | not read into a tree yet; the queries within them are |
 *
 * @param length of the statement
 * @throws DialectError for what is not Redshift's, or not possible here
 */
export function movedText(tokens: readonly Token[], context: RewriteContext, length: number): string | undefined {
  const [first] = tokens;
  const word = first?.kind === "word" || first?.kind === "symbol" ? first.value : "";
  if (!queries.has(word) && !changes.has(word)) return undefined;
  const tree = unlessCatalogs(tokens, () => parseStatement(tokens));
  return tree && writeStatement(lower(tree, context), length);
}

/** Reads a tree; undefined where catalogs alone are asked. */
function unlessCatalogs<T extends Statement>(tokens: readonly Token[], read: () => T): T | undefined {
  let tree: T;
  try {
    tree = read();
  } catch (error) {
    if (error instanceof DialectError && namesCatalogsOnly(tokens)) return undefined;
    throw error;
  }
  return tree.kind === "query" && readsCatalogsOnly(tree) ? undefined : tree;
}

/** The tokens of a statement with the query or change in it as one, in PostgreSQL's words, that no rule looks into. */
export function withInnerText(tokens: readonly Token[], context: RewriteContext, length: number): readonly Token[] {
  const range = innerStatement(tokens);
  if (!range) return tokens;
  const trailer: Token = { kind: "trailer", value: "", lead: "", text: "" };
  const inner = [...tokens.slice(range.from, range.to), trailer];
  const text = range.query ? innerQueryText(inner, context, length) : movedText(inner, context, length);
  if (text === undefined) return tokens;
  const written: Token = { kind: "string", value: text, lead: tokens[range.from]!.lead, text };
  return [...tokens.slice(0, range.from), written, ...tokens.slice(range.to)];
}

function innerQueryText(tokens: readonly Token[], context: RewriteContext, length: number): string | undefined {
  const tree = unlessCatalogs<Query>(tokens, () => parseQuery(tokens));
  return tree && writeQueryText(lowerWithin(tree, context), length);
}

interface InnerStatement {
  readonly from: number;
  /** The token behind it. */
  readonly to: number;
  /** Whether it can only be a query. */
  readonly query: boolean;
}

/** Where the query of CREATE TABLE AS, CREATE VIEW, DECLARE, PREPARE or EXPLAIN stands. */
function innerStatement(tokens: readonly Token[]): InnerStatement | undefined {
  const value = (index: number) => {
    const token = tokens[index];
    return token?.kind === "word" || token?.kind === "symbol" ? token.value : "";
  };
  const end = tokens.length - 1;
  const begins = (index: number): boolean => {
    let at = index;
    while (value(at) === "(") at++;
    return queries.has(value(at)) || changes.has(value(index));
  };
  /** Index of a query behind one of these words, outside of all parentheses. */
  const behind = (word: string): number => {
    let depth = 0;
    for (let index = 1; index < end; index++) {
      if (value(index) === "(") depth++;
      else if (value(index) === ")") depth--;
      else if (depth === 0 && value(index) === word && begins(index + 1)) return index + 1;
    }
    return -1;
  };
  switch (value(0)) {
    case "explain": {
      let from = 1;
      while (["verbose", "analyze"].includes(value(from))) from++;
      return begins(from) ? { from, to: end, query: false } : undefined;
    }
    case "prepare": {
      const from = behind("as");
      return from < 0 ? undefined : { from, to: end, query: false };
    }
    case "declare": {
      const from = behind("for");
      return from < 0 ? undefined : { from, to: end, query: true };
    }
    case "create": {
      const words = [1, 2, 3, 4, 5].map(value);
      if (!words.includes("table") && !words.includes("view")) return undefined;
      const from = behind("as");
      return from < 0 ? undefined : { from, to: withoutOptions(value, end), query: true };
    }
    default:
      return undefined;
  }
}

/** Before `WITH NO SCHEMA BINDING` and `WITH [NO] DATA`, which belong to the statement. */
function withoutOptions(value: (index: number) => string, end: number): number {
  const ends = (...words: string[]) => words.every((word, index) => value(end - words.length + index) === word);
  for (const option of [
    ["with", "no", "schema", "binding"],
    ["with", "no", "data"],
    ["with", "data"],
  ])
    if (ends(...option)) return end - option.length;
  return end;
}
