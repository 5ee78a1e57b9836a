import type { Duplex } from "node:stream";

/** Milliseconds for a client to take its last words. */
const patience = 5_000;

/** Ends a connection with some last words, and waits neither for its other end to close nor for one that does not read. */
export function dismiss(stream: Duplex, lastWords: Buffer): void {
  if (stream.destroyed) return;
  const timer = setTimeout(() => stream.destroy(), patience);
  timer.unref();
  stream.once("close", () => clearTimeout(timer));
  stream.end(lastWords, () => stream.destroy());
}
