import { createInterface } from "node:readline/promises";

/** Asks one question; the answer is empty where somebody just presses the return key. */
export type Ask = (question: string) => Promise<string>;

/** Asks on the terminal while `work` runs. Questions are no result: they go to stderr. */
export async function onTerminal<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await work((question) => reader.question(question));
  } finally {
    reader.close();
  }
}
