import { setTimeout as sleep } from "node:timers/promises";
import { AwsError } from "../../aws/errors";

/** What AWS says while something else holds the thing. */
const UNDER_WAY = /^(ConflictException|ResourceInUse)$/;
const THROTTLED = /^(Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded)$/;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** As often as the AWS provider sends a request where nothing else is configured. */
const ATTEMPTS = 25;
const LONGEST_RETRY_PAUSE_MS = 500;

export interface Deadline {
  /** Epoch milliseconds. */
  at: number;
  signal: AbortSignal;
}

/** Sends a request again while AWS throttles it or fails by itself, as the SDK under the AWS provider does. */
export async function retried<T>(signal: AbortSignal, request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      const again = error instanceof AwsError && (THROTTLED.test(error.code) || error.httpStatus >= 500);
      if (!again || error.code === "NotImplemented" || attempt === ATTEMPTS) throw error;
    }
    await sleep(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_RETRY_PAUSE_MS), undefined, { signal });
  }
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
