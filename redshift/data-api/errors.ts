import { excerpt, redact } from "./redact";

const conflict = /conflict with concurrent transaction|serializable isolation/i;

const remedies: [RegExp, string][] = [
  [
    /password authentication failed|invalid credentials|authentication failed/i,
    "The secret's password is not the database user's: rotate the secret, or run `pulumi refresh` and `pulumi up`.",
  ],
  [
    /permission denied|must be (owner|superuser)|not authorized|AccessDenied/i,
    "Run as the namespace's admin (adminSecretArn), and let the caller's IAM identity use redshift-data and read the secret.",
  ],
  [
    /endpoint doesn't exist|workgroup .*(not found|does not exist)|cluster .*not found/i,
    "Create the workgroup first, or run `pulumi refresh` when it was deleted by hand.",
  ],
  [
    /namespace.*does not exist/i,
    "A new namespace can be granted to only minutes after its creation: run `pulumi up` again; check the GUID and the Region.",
  ],
  [
    /datashare.*(does not exist|not found)/i,
    "Create the datashare on the producer and grant it to this namespace first.",
  ],
  [
    /interleaved/i,
    "Tables with interleaved sort keys cannot be shared: use a compound sort key, or leave the table out.",
  ],
  [/relation .*does not exist|schema .*does not exist/i, "Create it first, or correct the name in the configuration."],
  [conflict, "Another session changes the same database: try again."],
  [/syntax error/i, "Check the statement against the Redshift SQL reference."],
];

function remedyFor(message: string): string {
  return (
    remedies.find(([pattern]) => pattern.test(message))?.[1] ??
    "Read the server's message above; see SYS_QUERY_HISTORY for the statement."
  );
}

/** A statement that did not succeed. Safe to print: passwords, digests and keys are taken out of SQL and message. */
export class SqlError extends Error {
  readonly sql: string;
  readonly serverMessage: string;
  readonly remedy: string;
  readonly statementId: string | undefined;
  /** Database it ran on, as `<workgroup or cluster>/<database>`. */
  readonly target: string;
  /** Name of the service's exception, where the service and not the database refused. */
  readonly code: string | undefined;
  /** Which statement of a batch it was, from 0, where the service said so. */
  readonly position: number | undefined;

  constructor(details: {
    sql: string;
    serverMessage: string;
    target: string;
    statementId?: string;
    remedy?: string;
    /** What the service threw. Its name is kept, never the object: a request may hold secrets. */
    code?: string;
    position?: number;
  }) {
    const sql = excerpt(details.sql);
    const serverMessage = redact(details.serverMessage);
    const remedy = details.remedy ?? remedyFor(serverMessage);
    super(
      [
        `${serverMessage}`,
        `  statement: ${sql.replaceAll("\n", "\n    ")}`,
        `  on: ${details.target}`,
        `  statement id: ${details.statementId ?? "none (never accepted)"}`,
        `  remedy: ${remedy}`,
      ].join("\n"),
    );
    this.name = "SqlError";
    this.sql = sql;
    this.serverMessage = serverMessage;
    this.remedy = remedy;
    this.statementId = details.statementId;
    this.target = details.target;
    this.code = details.code;
    this.position = details.position;
  }
}

const gone =
  /endpoint doesn't exist|(workgroup|cluster|namespace) .*(not found|doesn't exist|does not exist)|does not exist in this region/i;

/** Whether the error says that the whole warehouse is no longer there. */
export function isWarehouseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof SqlError) {
    return (
      error.statementId === undefined && (error.code === "ResourceNotFoundException" || gone.test(error.serverMessage))
    );
  }
  return error.name === "ResourceNotFoundException" || gone.test(error.message);
}

/** Whether the database refused the statement for what it says, and will again: no service, session or time-out was it. */
export function isStatementsFault({ code, serverMessage }: SqlError): boolean {
  return (
    code === undefined &&
    /\bERROR: /.test(serverMessage) &&
    !conflict.test(serverMessage) &&
    !/cancel/i.test(serverMessage)
  );
}

/** Whether a statement failed because the login was refused. */
export function isLoginRefused(error: unknown): boolean {
  return (
    error instanceof SqlError &&
    /password authentication failed|authentication failed|invalid credentials/i.test(error.serverMessage)
  );
}

/** Whether a statement failed because what it removes or changes is already gone. */
export function isMissingObject(error: unknown): boolean {
  return error instanceof SqlError && /does not exist|not found|doesn't exist/i.test(error.serverMessage);
}
