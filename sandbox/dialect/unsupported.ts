import type { Draft } from "./draft";
import { DialectError } from "./statements";

/** Beginnings of statements that Redshift runs and this sandbox cannot, with what to do instead. */
const beginnings: readonly (readonly [words: string, hint: string])[] = [
  ["unload", "Read the rows through a client."],
  ["create external", "Only tables of the namespace and its datashares can be read here."],
  ["alter external", "Only tables of the namespace and its datashares can be read here."],
  ["create model", "The sandbox has no machine learning."],
  ["drop model", "The sandbox has no machine learning."],
  ["create library", "The sandbox runs functions in SQL and PL/pgSQL."],
  ["create identity provider", "Users of the sandbox have passwords."],
  ["create masking policy", "Use a view."],
  ["attach masking policy", "Use a view."],
  ["detach masking policy", "Use a view."],
  ["create rls policy", "Use a view."],
  ["attach rls policy", "Use a view."],
  ["detach rls policy", "Use a view."],
  ["use", "Write the database before the schema, or connect to it."],
];
const languages = ["plpythonu", "plpython3u", "lambda"];

/** Refuses what cannot be done, so that it never runs as something else. */
export function refuseUnsupported(draft: Draft): void {
  for (const [words, hint] of beginnings)
    if (draft.reads(0, ...words.split(" ")))
      throw new DialectError(`${words.toUpperCase()} is not supported here`, hint);
  if (draft.is(0, "copy")) refuseCopy(draft);
  if (draft.reads(0, "create") && draft.find(1, draft.length, "function", "procedure") > 0) {
    const language = draft.find(1, draft.length, "language");
    if (language > 0 && languages.includes(draft.value(language + 1)))
      throw new DialectError(
        `functions in ${draft.value(language + 1)} are not supported here`,
        "Write them in SQL or PL/pgSQL.",
      );
  }
  for (let at = 0; at < draft.length; at++) {
    if (draft.is(at, "pivot", "unpivot") && draft.is(at + 1, "(") && isTableOperator(draft, at))
      throw new DialectError(
        `${draft.value(at).toUpperCase()} is not supported here`,
        "Use CASE inside aggregates, or UNION ALL.",
      );
    if (draft.is(at, "]") && draft.is(at + 1, ".") && draft.isName(at + 2))
      throw new DialectError(
        "navigation into SUPER values is not supported here",
        "Use JSON_EXTRACT_PATH_TEXT over JSON text.",
      );
  }
}

/** `COPY … FROM STDIN` is for clients of PostgreSQL; everything Redshift's COPY reads lies in S3 or beyond. */
function refuseCopy(draft: Draft): void {
  const from = draft.find(1, draft.length, "from", "to");
  if (draft.is(from + 1, "stdin", "stdout")) return;
  throw new DialectError("COPY from Amazon S3 and other sources is not supported here", "Load rows with INSERT.");
}

function isTableOperator(draft: Draft, at: number): boolean {
  const clause = draft.clause(at);
  return clause === "from" || clause === "join";
}
