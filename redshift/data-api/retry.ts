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
/** What no waiting mends. */
const settled =
  /permission denied|must be (owner|superuser)|not authorized|authentication failed|syntax error|transaction block|datashare\b.*\bdoes not exist|own namespace/i;
/** Milliseconds in which a new namespace becomes known: two or three minutes are reported, in words that no source quotes. */
const namespaceYouth = 300_000;

type NotThereYet = (message: string, elapsed: number) => boolean;
const notThereYet: Record<"namespace" | "datashare", NotThereYet> = {
  // Whatever a GRANT to a namespace is refused with may be how its youth is told.
  namespace: (message, elapsed) =>
    /namespace\b.*\bdoes not exist/i.test(message) || (elapsed < namespaceYouth && !settled.test(message)),
  // A grant takes a moment to reach the consumer.
  datashare: (message) => /(datashare|namespace)\b.*\bdoes not exist/i.test(message),
};

/** Something that a statement names and that may be too new to be known. */
export type Awaited = keyof typeof notThereYet;

/** Reads the message of a statement that failed in the database. @param elapsed milliseconds since it was first sent */
export function statementVerdict(message: string, awaiting: Awaited | undefined, elapsed: number): Verdict {
  if (transientMessages.some((pattern) => pattern.test(message))) return "again";
  return awaiting && notThereYet[awaiting](message, elapsed) ? "again" : "fatal";
}

/** Milliseconds to wait before attempt `attempt` (1 = the first repetition): full jitter below a doubling ceiling. */
export function backoff(attempt: number, random: () => number): number {
  const ceiling = Math.min(20_000, 200 * 2 ** Math.min(attempt, 16));
  return Math.round(random() * ceiling);
}
