import { rewriteCatalogs } from "./catalogs";
import { parseDatabase } from "./databases";
import { type Parsed, parseDatashare } from "./datashares";
import { rewriteDefinition } from "./ddl";
import { Draft } from "./draft";
import { rewriteFunction } from "./functions";
import { rewriteGrant } from "./grants";
import { lex, render, type Token } from "./lexer";
import { rewriteMaintenance } from "./maintenance";
import { isMetadataQuery, rewriteFormerColumns, rewriteMetadataQuery, rewriteSeriesOfPositions } from "./metadata";
import { movedText, withInnerText } from "./moved";
import { rewriteNames, rewriteTemporaryNames } from "./names";
import { rewriteQuery } from "./query";
import { rewriteSetting } from "./settings";
import { rewriteShow } from "./show";
import { splitStatements } from "./split";
import { DialectError, type RewriteContext, type Rewritten, type Statement } from "./statements";
import { rewriteCasts } from "./types";
import { refuseUnsupported } from "./unsupported";
import { parseUser } from "./users";

/**
 * Turns what a client sends into what PostgreSQL runs: one entry a statement; in one piece, as it is, where nothing in it
 * is to change. Statements for the warehouse come parsed; what cannot be done comes back as `unsupported`, with the error
 * to raise.
 */
export function rewrite(sql: string, context: RewriteContext): Rewritten[] {
  const statements = splitStatements(lex(sql)).map((tokens) => rewriteStatement(tokens, context));
  const untouched = statements.every(
    (statement) => statement.kind === "sql" && !statement.tag && statement.text.trim() === statement.source.trim(),
  );
  return untouched && statements.length > 0 ? [{ kind: "sql", text: sql, source: sql }] : statements;
}

function rewriteStatement(tokens: Token[], context: RewriteContext): Rewritten {
  const source = render(tokens);
  try {
    const text = movedText(tokens, context, source.length);
    if (text !== undefined) return { kind: "sql", text, source };
    const draft = new Draft([...withInnerText(tokens, context, source.length)], source.length);
    const parsed = parseDatashare(draft) ?? parseDatabase(draft, context) ?? parseUser(draft);
    if (parsed) return statement(parsed, source);
    refuseUnsupported(draft);
    const tag = rewriteText(draft, source, context);
    return { kind: "sql", text: draft.toString(), ...(tag && { tag }), source };
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    const { message, hint, sqlstate } = error;
    return { kind: "statement", name: "unsupported", args: { message, hint, sqlstate }, tag: "", source };
  }
}

function statement(parsed: Parsed, source: string): Statement {
  return { kind: "statement", ...parsed, source } as Statement;
}

/** The rules in their order: single words first, then calls and queries from the inside out, then whole statements. */
function rewriteText(draft: Draft, source: string, context: RewriteContext): string | undefined {
  const metadata = isMetadataQuery(source);
  rewriteNames(draft, context);
  rewriteFormerColumns(draft);
  rewriteCatalogs(draft);
  rewriteTemporaryNames(draft);
  rewriteCasts(draft);
  for (let at = draft.length - 1; at >= 0; at--) {
    if (draft.tokens[at]!.kind !== "word") continue;
    rewriteFunction(draft, at);
    rewriteQuery(draft, at);
    if (metadata && draft.is(at, "select")) rewriteMetadataQuery(draft, at);
    if (metadata && draft.is(at, "case")) rewriteSeriesOfPositions(draft, at);
  }
  rewriteDefinition(draft);
  rewriteSetting(draft);
  return rewriteShow(draft) ?? rewriteGrant(draft) ?? rewriteMaintenance(draft);
}
