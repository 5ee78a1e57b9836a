import { parentPort } from "node:worker_threads";
import type { TextKind } from "../../wire/backend";
import { type Translation, type TranslationContext, translate } from "./translate";

/** One text, as it came over the wire. */
export interface Task {
  bytes: Uint8Array<ArrayBuffer>;
  kind: TextKind;
  context: TranslationContext;
}

/** The result of `translate` with its text in bytes; an error where it failed. */
export type Outcome =
  | (Omit<Translation, "text"> & { bytes?: Uint8Array<ArrayBuffer> })
  | { failed: { message: string } };

function outcome({ bytes, kind, context }: Task): Outcome {
  try {
    const { text, ...kept } = translate(Buffer.from(bytes.buffer).toString(), kind, context);
    return { ...kept, bytes: text === undefined ? undefined : new TextEncoder().encode(text) };
  } catch (error) {
    return { failed: { message: (error as Error).message } };
  }
}

parentPort?.on("message", (task: Task) => {
  const done = outcome(task);
  parentPort?.postMessage(done, "bytes" in done && done.bytes ? [done.bytes.buffer] : []);
});
