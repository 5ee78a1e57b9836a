import { type Token as Lexeme, lex } from "../lexer";
import { insert, merge, remove, statementAfterWith, update } from "./changes";
import { Cursor } from "./cursor";
import { query } from "./queries";
import type { Query } from "./query-nodes";
import type { Statement } from "./statement-nodes";
import { Tokens } from "./tokens";

/**
 * Reads a query, INSERT, UPDATE, DELETE or MERGE of Redshift's.
 * @param source a text, or its tokens with a trailer at the end
 * @throws DialectError what the grammar does not know (42601), knows by name and has not (0A000), or is nested too deeply (54001)
 */
export function parseStatement(source: string | readonly Lexeme[]): Statement {
  const cursor = new Cursor(new Tokens(typeof source === "string" ? lex(source) : source));
  const tree = statement(cursor);
  while (cursor.take(";"));
  if (!cursor.atEnd) cursor.fail();
  return tree;
}

/** Reads a query that makes up the tokens from `from` on, as in CREATE VIEW. @returns the index of the token behind it */
export function parseQuery(lexemes: readonly Lexeme[]): Query {
  const cursor = new Cursor(new Tokens(lexemes));
  const tree = query(cursor);
  if (!cursor.atEnd) cursor.fail();
  return tree;
}

function statement(cursor: Cursor): Statement {
  switch (cursor.value()) {
    case "with":
      return statementAfterWith(cursor);
    case "insert":
      return insert(cursor);
    case "update":
      return update(cursor);
    case "delete":
      return remove(cursor);
    case "merge":
      return merge(cursor);
    default:
      return query(cursor);
  }
}
