/** What a failure says about trying again. */
export type Verdict =
  /** The request may or may not have arrived: send the same one, with the same ClientToken. */
  | "resend"
  /** The service or the database refused it for now: send a new one. */
  | "again"
  | "fatal";

const busyErrors = new Set([
  "ActiveSessionsExceededException",
  "ActiveStatementsExceededException",
  "ActiveWaitingRequestsExceededException",
  "ConflictException",
  "DatabaseConnectionException",
  "LimitExceededException",
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
]);
const transportErrors = new Set([
  "AbortError",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "InternalServerException",
  "NetworkingError",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "TimeoutError",
]);

/** Reads an error thrown by the SDK. */
export function requestVerdict(error: unknown): Verdict {
  if (!(error instanceof Error)) return "fatal";
  const code = "code" in error ? String(error.code) : "";
  if (busyErrors.has(error.name)) return "again";
  if (transportErrors.has(error.name) || transportErrors.has(code)) return "resend";
  return "fatal";
}

const transientMessages = [
  /conflict with concurrent transaction/i,
  /serializable isolation violation/i,
  /could not serialize access/i,
  /deadlock detected/i,
  /tuple concurrently updated/i,
  /could not complete because of conflict/i,
  // DROP DATABASE while a reader's session ends.
  /being accessed by other users/i,
];
const notThereYet = {
  // A new namespace is unknown to GRANT for two or three minutes after its creation.
  namespace: /namespace\b.*\bdoes not exist/i,
  // A grant takes a moment to reach the consumer.
  datashare: /datashare\b.*\bdoes not exist|namespace\b.*\bdoes not exist/i,
};

/** Something that a statement names and that may be too new to be known. */
export type Awaited = keyof typeof notThereYet;

/** Reads the message of a statement that failed in the database. */
export function statementVerdict(message: string, awaiting: Awaited | undefined): Verdict {
  if (transientMessages.some((pattern) => pattern.test(message))) return "again";
  return awaiting && notThereYet[awaiting].test(message) ? "again" : "fatal";
}

/** Milliseconds to wait before attempt `attempt` (1 = the first repetition): full jitter below a doubling ceiling. */
export function backoff(attempt: number, random: () => number): number {
  const ceiling = Math.min(20_000, 200 * 2 ** Math.min(attempt, 16));
  return Math.round(random() * ceiling);
}
