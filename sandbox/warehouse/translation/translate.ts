import type { Assumptions } from "../../assumptions";
import { type RewriteContext, type Rewritten, rewrite } from "../../dialect";
import type { TextKind, Translated } from "../../wire/backend";
import type { Completion } from "../../wire/expectations";
import { Passwords } from "../../wire/password";
import { failure, toPostgres } from "../statements";
import { asksForHistory, historyText } from "./history";

/** The state of a connection that translation needs: data only, so that it can be sent to another thread. */
export interface TranslationContext extends RewriteContext {
  readonly namespaceIds: ReadonlySet<string>;
  readonly assumptions: Assumptions;
  readonly inTransaction: boolean;
}

/** As {@link Translated}, with text in place of bytes. */
export type Translation = Omit<Translated, "bytes"> & { text?: string };

/** Redshift's SQL in PostgreSQL's words. */
export function translate(text: string, kind: TextKind, context: TranslationContext): Translation {
  const kept = { history: historyText(text), asksForHistory: asksForHistory.test(text) };
  let pieces = rewrite(text, context);
  if (isUntouched(pieces, text)) return { completions: [], ...kept };
  if (kind === "prepared" && pieces.length > 1) {
    const message = "cannot insert multiple commands into a prepared statement";
    pieces = [{ kind: "statement", name: "unsupported", args: { message, sqlstate: "42601" }, tag: "", source: text }];
  }
  const inTransaction = context.inTransaction || pieces.length > 1;
  const translating = { ...context, passwords: new Passwords(context.assumptions), inTransaction };
  const same = new Map<string, Completion>();
  /** Equal ones are one object: there may be a million, which also pass between threads. */
  const completion = (of: Completion): Completion => {
    const key = `${of.tag} ${of.changesDatabases}`;
    const known = same.get(key) ?? of;
    same.set(key, known);
    return known;
  };
  const statements = pieces.map((piece): { text: string; completion?: Completion } => {
    if (piece.kind === "sql")
      return piece.tag === undefined ? piece : { text: piece.text, completion: completion({ tag: piece.tag }) };
    const { text, tag, changesDatabases } =
      toPostgres(piece, translating) ?? failure("0A000", `${piece.tag} is not supported`);
    return { text, completion: completion({ tag, changesDatabases }) };
  });
  return {
    text: statements.map((statement) => statement.text).join(";\n"),
    completions: same.size > 0 ? statements.map((statement) => statement.completion) : [],
    ...kept,
  };
}

/** Nothing to rewrite: the message goes on as it is. */
function isUntouched(pieces: Rewritten[], text: string): boolean {
  const [first] = pieces;
  if (!first) return true;
  return pieces.length === 1 && first.kind === "sql" && first.tag === undefined && first.text === text;
}
