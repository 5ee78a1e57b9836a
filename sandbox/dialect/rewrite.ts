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
import { rewriteNames, rewriteTemporaryNames } from "./names";
import { rewriteQuery } from "./query";
import { rewriteSetting } from "./settings";
import { rewriteShow } from "./show";
import { splitStatements } from "./split";
import { DialectError, type RewriteContext, type Rewritten, type Statement } from "./statements";
import { rewriteCasts } from "./types";
import { refuseUnsupported } from "./unsupported";
import { parseUser } from "./users";

/** Words without which no rule has anything to do; a text with none of them is left alone unread. */
const triggers = new RegExp(
  [
    // Functions and values
    "\\b(?:approximate|convert|convert_timezone|date_?add|date_?diff|date_part|date_trunc|decode|extract|isnull|listagg|nvl2?",
    "percentile_(?:cont|disc)|ratio_to_report|regexp_replace|json_serialize|sysdate|current_namespace|current_aws_account|current_user_id",
    // Clauses and types
    "minus|qualify|top|pivot|unpivot|super|nvarchar|nchar|datetime|varbyte|varbinary|geometry|geography|hllsketch|max",
    // Statements
    "create|alter|drop|grant|revoke|set|reset|show|vacuum|analyze|cancel|desc|refresh|copy|unload|use|attach|detach",
    "pg_database|pg_namespace|pg_proc|pg_roles|TABLE_SCHEM|PROCEDURE_SCHEM|FUNCTION_SCHEM|relhasoids|proisagg|proiswindow|adsrc|consrc)\\b",
  ].join("|") + // `#temp`, SUPER navigation, and three names in a row
    '|(?:^|[^\\w$)\\]"\'])#[A-Za-z_]|\\]\\s*\\.|[\\w$"\\u0080-\\uffff]\\s*\\.\\s*(?:"[^"]*"|[\\w$\\u0080-\\uffff]+)\\s*\\.\\s*["*\\w\\u0080-\\uffff]',
  "i",
);

/**
 * Turns what a client sends into what PostgreSQL runs: one entry a statement. A text that no rule touches comes back
 * as it is, in one piece, after a single look at it. Statements for the warehouse come parsed; what cannot be done
 * comes back as `unsupported`, with the error to raise.
 */
export function rewrite(sql: string, context: RewriteContext): Rewritten[] {
  if (!triggers.test(sql)) return sql.trim() === "" ? [] : [{ kind: "sql", text: sql, source: sql }];
  const statements = splitStatements(lex(sql)).map((tokens) => rewriteStatement(tokens, context));
  const untouched = statements.every(
    (statement) => statement.kind === "sql" && !statement.tag && statement.text === statement.source,
  );
  return untouched && statements.length > 0 ? [{ kind: "sql", text: sql, source: sql }] : statements;
}

function rewriteStatement(tokens: Token[], context: RewriteContext): Rewritten {
  const source = render(tokens);
  try {
    const draft = new Draft(tokens, source.length);
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
