import type { QueryHistory, TextKind, Translated, Translator } from "./backend";
import type { Asked, Completion, Expectations } from "./expectations";
import { fromClient, message, stringAt, stringEnd } from "./messages";
import type { ScanLimits, Segment } from "./scanner";

/** The types of messages from the client that matter. */
export const requestTypes = [
  ...[fromClient.bind, fromClient.close, fromClient.execute, fromClient.functionCall],
  ...[fromClient.parse, fromClient.query, fromClient.sync],
];

/** https://docs.aws.amazon.com/redshift/latest/dg/c_redshift-sql.html: a statement has 16 MB at most. */
const longestStatement = 16 * 1_048_576;
/** Head, names and parameter types around the text of a statement. */
const aroundStatement = 65_536;
/** Type and length before a query's text, zero byte after it. */
const messageFrame = 6;
/** PQ_SMALL_MESSAGE_LIMIT of PostgreSQL's libpq/libpq.h. */
const small = 10_000;
/** Values of a statement's parameters. Our own bound: they are held until they are whole. */
const longestBind = 64 * 1_048_576;

/** The types there are, as in SocketBackend of PostgreSQL's tcop/postgres.c, and how long each may be. */
const longest = new Map<number, number>([
  ...[fromClient.query, fromClient.parse].map((type) => [type, longestStatement + aroundStatement] as const),
  ...[fromClient.bind, fromClient.functionCall].map((type) => [type, longestBind] as const),
  ...[fromClient.copyData, fromClient.copyFail].map((type) => [type, 1 << 30] as const),
  ...[fromClient.close, fromClient.copyDone, fromClient.describe, fromClient.execute].map(
    (type) => [type, small] as const,
  ),
  ...[fromClient.flush, fromClient.sync, fromClient.terminate].map((type) => [type, small] as const),
]);

export const requestLimits: ScanLimits = {
  longest: (type) => longest.get(type),
  droppable: new Set([fromClient.query, fromClient.parse]),
};

/**
 * Prepared statements and portals of a session that are remembered, the latest ones. Our own bound: clients keep hundreds,
 * and one that forgets to close them must not fill the memory. Of one that was forgotten, history shows nothing.
 */
const mostRemembered = 5_000;

interface Prepared {
  /** As history shows it. */
  text: string;
  asksForHistory: boolean;
  completion?: Completion;
}

/**
 * The client's side of a connection: rewrites the SQL in Query and Parse, and notes for every request how its completion is
 * to be shown. What a prepared statement stands for is remembered under its name and takes effect at each Execute.
 */
export class Requests {
  private readonly statements = new Map<string, Prepared>();
  private readonly portals = new Map<string, Prepared>();

  /**
   * @param inTransaction asked for each text
   * @param signal ends a translation under way
   */
  constructor(
    private readonly translator: Translator,
    private readonly inTransaction: () => boolean,
    private readonly expectations: Expectations,
    private readonly history: QueryHistory,
    private readonly signal: AbortSignal,
  ) {}

  /** What PostgreSQL is to be sent for this segment; a promise where that takes time, and what follows has to wait. */
  forward({ type, bytes, tooLong }: Segment): Buffer | Promise<Buffer> {
    if (tooLong !== undefined) return this.refuseTooLong(type, tooLong - messageFrame);
    switch (type) {
      case fromClient.query:
        return this.query(bytes);
      case fromClient.parse:
        return this.parse(bytes);
      case fromClient.bind:
        this.bind(bytes);
        break;
      case fromClient.execute: {
        const portal = this.portals.get(stringAt(bytes, 5).text);
        this.expectations.execute(portal?.completion, portal && this.asked(portal));
        break;
      }
      case fromClient.close:
        (bytes[5] === 0x53 ? this.statements : this.portals).delete(stringAt(bytes, 6).text);
        break;
      case fromClient.functionCall:
        this.expectations.query([]);
        break;
      case fromClient.sync:
        this.expectations.sync();
        break;
    }
    return bytes;
  }

  private query(bytes: Buffer): Buffer | Promise<Buffer> {
    const start = Date.now();
    const end = stringEnd(bytes, 5);
    if (end - 5 > longestStatement) return this.refuseTooLong(fromClient.query, end - 5);
    return afterwards(this.translated(bytes.subarray(5, end), "query"), ({ bytes: text, completions, ...kept }) => {
      this.expectations.query(completions, this.asked({ text: kept.history, ...kept }, start));
      return text ? message(fromClient.query, text, closing) : bytes;
    });
  }

  private parse(bytes: Buffer): Buffer | Promise<Buffer> {
    const { text: name, next } = stringAt(bytes, 5);
    const end = stringEnd(bytes, next);
    if (end - next > longestStatement) return this.refuseTooLong(fromClient.parse, end - next, name);
    return afterwards(
      this.translated(bytes.subarray(next, end), "prepared"),
      ({ bytes: text, completions, ...kept }) => {
        const [completion] = completions;
        remember(this.statements, name, { text: kept.history, asksForHistory: kept.asksForHistory, completion });
        return text ? message(fromClient.parse, name, text, closing, bytes.subarray(end + 1)) : bytes;
      },
    );
  }

  /** PostgreSQL is sent a statement that fails in the words of Redshift, https://github.com/psycopg/psycopg2/issues/1091. */
  private refuseTooLong(type: number, size: number, name = ""): Buffer {
    const words = `Statement is too large. Statement Size: ${size} bytes. Maximum Allowed: ${longestStatement} bytes`;
    const { bytes = closing } = this.translator.refuse("42601", words);
    if (type === fromClient.query) {
      this.expectations.query([]);
      return message(type, bytes, closing);
    }
    this.statements.delete(name);
    return message(type, name, bytes, closing, Buffer.alloc(2));
  }

  private bind(bytes: Buffer): void {
    const { text: portal, next } = stringAt(bytes, 5);
    const prepared = this.statements.get(stringAt(bytes, next).text);
    if (prepared) remember(this.portals, portal, prepared);
    else this.portals.delete(portal);
  }

  private asked({ text, asksForHistory }: Prepared, start = Date.now()): Asked {
    if (asksForHistory) this.history.flush();
    return { text, start };
  }

  private translated(text: Buffer, kind: TextKind): Translated | Promise<Translated> {
    return this.translator.translate(text, kind, this.inTransaction(), this.signal);
  }
}

const closing = Buffer.alloc(1);

/** Now, or as soon as it is there. */
function afterwards<T, U>(value: T | Promise<T>, use: (value: T) => U): U | Promise<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}

/** Keeps `prepared` as the latest, at the cost of the oldest. */
function remember(all: Map<string, Prepared>, name: string, prepared: Prepared): void {
  all.delete(name);
  all.set(name, prepared);
  if (all.size <= mostRemembered) return;
  for (const oldest of all.keys()) {
    all.delete(oldest);
    return;
  }
}
