import { setTimeout as sleep } from "node:timers/promises";
import { AwsError } from "../../aws/errors";

/** What AWS says while something else holds the thing. */
const underWay = /^(ConflictException|ResourceInUse)$/;
const throttled = /^(Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded)$/;
const firstPauseMs = 50;
const longestPauseMs = 1_000;

/** As often as the AWS provider sends a request where nothing else is configured. */
const attempts = 25;
const longestRetryPauseMs = 500;

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
      const again = error instanceof AwsError && (throttled.test(error.code) || error.httpStatus >= 500);
      if (!again || error.code === "NotImplemented" || attempt === attempts) throw error;
    }
    await sleep(Math.min(firstPauseMs * 2 ** (attempt - 1), longestRetryPauseMs), undefined, { signal });
  }
}

/** @throws the last refusal when the deadline passes; the signal's reason when it is aborted. */
export async function settle<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      const again = error instanceof AwsError && underWay.test(error.code) && !/already exists/i.test(error.message);
      if (!again || Date.now() + pause > deadline.at) throw error;
    }
    await sleep(pause, undefined, { signal: deadline.signal });
  }
}

/** @throws Error naming what was waited for when the deadline passes. */
export async function until<T>(deadline: Deadline, what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const started = Date.now();
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (Date.now() + pause > deadline.at) {
      throw new Error(`waiting for ${what}: timeout after ${Math.round((Date.now() - started) / 1000)} s`);
    }
    await sleep(pause, undefined, { signal: deadline.signal });
  }
}
