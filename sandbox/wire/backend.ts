import type { Completion } from "./expectations";
import type { Passwords, Secret } from "./password";

/** How a user may log in. */
export interface Login {
  /** All secrets by which the user may come in; none: the password is disabled. */
  secrets: Secret[];
  expired: boolean;
}

/** A statement, or several sent as one, which has been answered. */
export interface HistoryEntry {
  user: string;
  database: string;
  /** PostgreSQL's process of the session. */
  pid: number;
  /** Milliseconds since 1970. */
  start: number;
  end: number;
  /** Without secrets, and cut off. */
  text: string;
  /** Command tag as PostgreSQL wrote it, such as `SELECT 3`. */
  tag?: string;
  /** What went wrong, in the server's words. */
  error?: string;
}

/** Keeps what was asked, for the views that show it. */
export interface QueryHistory {
  record(entry: HistoryEntry): void;
  /** Makes all that was recorded visible. */
  flush(): void;
}

/** `prepared`: the text of a Parse, which may be one statement only. */
export type TextKind = "query" | "prepared";

/** A text as PostgreSQL is to be sent it, and all that is kept of it. */
export interface Translated {
  /** Undefined: as the client sent it. */
  bytes?: Uint8Array;
  /** One for each statement in it; none at all where no statement has one. */
  completions: (Completion | undefined)[];
  /** Without secrets, and cut off. */
  history: string;
  asksForHistory: boolean;
}

/** Turns the client's SQL into PostgreSQL's. */
export interface Translator {
  /**
   * A text that cannot be translated becomes a statement that fails.
   * @returns a promise where it takes time, and what follows has to wait
   * @param signal ends the work when its client has gone
   */
  translate(
    text: Buffer,
    kind: TextKind,
    inTransaction: boolean,
    signal: AbortSignal,
  ): Translated | Promise<Translated>;
  /** A statement that fails in these words stands for one that cannot be sent on. */
  refuse(sqlstate: string, words: string): Translated;
}

/** One client in one database. */
export interface SessionContext {
  user: string;
  /** Database as the client named it. */
  database: string;
  sharedDatabases: ReadonlySet<string>;
  history: QueryHistory;
  translator: Translator;
  log(line: string): void;
  /** Brings consumers up to date after a change in this session's database; never rejects. */
  propagate(): Promise<void>;
}

/** The server behind the protocol. */
export interface Backend {
  /** Name in the log. */
  readonly name: string;
  log(line: string): void;
  readonly socketPath: string;
  /** Configuration parameters of the workgroup. */
  readonly parameters: Record<string, string>;
  /** Settings of every session beyond those, such as `rs.workgroup`. */
  readonly settings: Record<string, string>;
  readonly passwords: Passwords;
  login(user: string): Promise<Login | undefined>;
  /** Lets the user into a database, or says why not. */
  enter(
    user: string,
    database: string,
  ): Promise<{ session: SessionContext } | { refusal: { sqlstate: string; message: string } }>;
}
