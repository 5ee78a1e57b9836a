import type { TextKind, Translated, Translator } from "../../wire/backend";
import { failure } from "../statements";
import { TranslationFault, TranslationPool } from "./pool";
import { type TranslationContext, translate } from "./translate";

/**
 * Bytes of a text that is translated at once. What the worst of them costs, some tens of milliseconds, is what all other
 * clients wait.
 */
const longestAtOnce = 16_384;

const pool = new TranslationPool();

/** Redshift's SQL in PostgreSQL's words: at once when a text is short, else in another thread. */
export class SqlTranslator implements Translator {
  /** @param context of the connection, asked for each text */
  constructor(private readonly context: () => Omit<TranslationContext, "inTransaction">) {}

  translate(
    text: Buffer,
    kind: TextKind,
    inTransaction: boolean,
    signal: AbortSignal,
  ): Translated | Promise<Translated> {
    const { database, sharedDatabases, namespaceIds, assumptions } = this.context();
    const context = { database, sharedDatabases, namespaceIds, assumptions, inTransaction };
    if (text.length > longestAtOnce) return this.inThread(text, kind, context, signal);
    const { text: translated, ...kept } = translate(text.toString(), kind, context);
    return { ...kept, bytes: translated === undefined ? undefined : Buffer.from(translated) };
  }

  refuse(sqlstate: string, words: string): Translated {
    return { bytes: Buffer.from(failure(sqlstate, words).text), completions: [], history: "", asksForHistory: false };
  }

  private async inThread(
    text: Buffer,
    kind: TextKind,
    context: TranslationContext,
    signal: AbortSignal,
  ): Promise<Translated> {
    try {
      return await pool.run({ bytes: new Uint8Array(text), kind, context }, signal);
    } catch (error) {
      const sqlstate = error instanceof TranslationFault ? error.sqlstate : "XX000";
      return this.refuse(sqlstate, (error as Error).message);
    }
  }
}
