import { setTimeout as sleep } from "node:timers/promises";
import { AwsError } from "../../aws/errors";

/** What AWS says while something else holds the thing. */
const UNDER_WAY = /^(ConflictException|ThrottlingException|Throttling|ResourceInUse|TooManyRequestsException)$/;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

export interface Deadline {
  /** Epoch milliseconds. */
  at: number;
  signal: AbortSignal;
}

/** @throws the last refusal when the deadline passes; the signal's reason when it is aborted. */
export async function settle<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      const again = error instanceof AwsError && UNDER_WAY.test(error.code) && !/already exists/i.test(error.message);
      if (!again || Date.now() + pause > deadline.at) throw error;
    }
    await sleep(pause, undefined, { signal: deadline.signal });
  }
}

/** @throws Error naming what was waited for when the deadline passes. */
export async function until<T>(deadline: Deadline, what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const started = Date.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (Date.now() + pause > deadline.at) {
      throw new Error(`waiting for ${what}: timeout after ${Math.round((Date.now() - started) / 1000)} s`);
    }
    await sleep(pause, undefined, { signal: deadline.signal });
  }
}
