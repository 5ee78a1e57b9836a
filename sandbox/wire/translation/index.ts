import { failure } from "../carriers";
import { TranslationFault, TranslationPool } from "./pool";
import { type TextKind, type Translation, type TranslationContext, translate } from "./translate";

export type { TextKind, TranslationContext } from "./translate";

/** A translation with its text in bytes. */
export type Translated = Omit<Translation, "text"> & { bytes?: Uint8Array };

/**
 * Bytes of a text that is translated at once. What the worst of them costs, some tens of milliseconds, is what all other
 * clients wait.
 */
const longestAtOnce = 16_384;

const pool = new TranslationPool();

/**
 * Translates a text: at once when it is short, else in another thread. One that cannot be translated becomes a statement
 * that fails. @param signal ends the work when its client has gone
 */
export function translated(
  bytes: Buffer,
  kind: TextKind,
  context: TranslationContext,
  signal: AbortSignal,
): Translated | Promise<Translated> {
  if (bytes.length > longestAtOnce) return inThread(bytes, kind, context, signal);
  const { text, ...kept } = translate(bytes.toString(), kind, context);
  return { ...kept, bytes: text === undefined ? undefined : Buffer.from(text) };
}

async function inThread(
  bytes: Buffer,
  kind: TextKind,
  context: TranslationContext,
  signal: AbortSignal,
): Promise<Translated> {
  try {
    const { database, sharedDatabases, namespaceIds, assumptions, inTransaction } = context;
    const plain = { database, sharedDatabases, namespaceIds, assumptions, inTransaction };
    return await pool.run({ bytes: new Uint8Array(bytes), kind, context: plain }, signal);
  } catch (error) {
    const sqlstate = error instanceof TranslationFault ? error.sqlstate : "XX000";
    return refused(sqlstate, (error as Error).message);
  }
}

/** A statement that fails in these words stands for one that cannot be sent on. */
export function refused(sqlstate: string, words: string): Translated {
  return { bytes: Buffer.from(failure(sqlstate, words).text), completions: [], history: "", asksForHistory: false };
}
