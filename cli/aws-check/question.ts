import type { Trial } from "./trial";

/** What AWS said. */
export interface Answer {
  /**
   * `expected`: what the code counts on. `other`: the other of two ways that the code survives; the documentation wants
   * correcting. `fault`: the fleet does not work with it. `open`: it could not be asked here.
   */
  verdict: "expected" | "other" | "fault" | "open";
  /** What was seen, in AWS's words where there are any. Never holds a secret. */
  seen: string;
}

/** Something about AWS that sources leave open, and that an account can tell. */
export interface Question {
  id: string;
  /** What is asked. */
  asks: string;
  /** What in this project rests on the answer. */
  settles: string;
  /** How a person asks it: SQL or shell. */
  byHand: string;
  ask(trial: Trial): Promise<Answer>;
}

/** What was answered to one question. */
export interface Answered extends Answer {
  id: string;
  asks: string;
  settles: string;
}

/** Asks one after the other: they change users and databases of the same warehouses. An error is an open answer. */
export async function askAll(
  questions: readonly Question[],
  trial: Trial,
  progress: (id: string) => void,
): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const { id, asks, settles, ask } of questions) {
    progress(id);
    const answer = await ask(trial).catch(
      (error: unknown): Answer => ({ verdict: "open", seen: error instanceof Error ? error.message : String(error) }),
    );
    answers.push({ id, asks, settles, ...answer });
  }
  return answers;
}
