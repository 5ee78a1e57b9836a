import { type RewriteContext, type Rewritten, rewrite } from "../dialect";
import { type CarrierContext, carry, failure } from "./carriers";
import type { Asked, Completion, Expectations } from "./expectations";
import { asksForHistory, type QueryHistory } from "./history";
import { fromClient, message, stringAt } from "./messages";
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

interface Prepared {
  text: string;
  completion?: Completion;
}

/**
 * The client's side of a connection: rewrites the SQL in Query and Parse, and notes for every request how its completion is
 * to be shown. What a prepared statement stands for is remembered under its name and takes effect at each Execute.
 */
export class Requests {
  private readonly statements = new Map<string, Prepared>();
  private readonly portals = new Map<string, Prepared>();

  constructor(
    private readonly rewriting: RewriteContext,
    private readonly carrying: CarrierContext,
    private readonly expectations: Expectations,
    private readonly history: QueryHistory,
  ) {}

  /** What PostgreSQL is to be sent for this segment. */
  forward({ type, bytes, tooLong }: Segment): Buffer {
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
        this.expectations.execute(portal?.completion, portal && this.asked(portal.text));
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

  private query(bytes: Buffer): Buffer {
    const { text, next } = stringAt(bytes, 5);
    if (next - messageFrame > longestStatement) return this.refuseTooLong(fromClient.query, next - messageFrame);
    const asked = this.asked(text);
    const pieces = this.rewritten(text);
    if (isUntouched(pieces, text)) {
      this.expectations.query([], asked);
      return bytes;
    }
    const statements = pieces.map((piece) => this.statement(piece, pieces.length > 1));
    this.expectations.query(
      statements.map(({ completion }) => completion),
      asked,
    );
    return message(fromClient.query, statements.map((statement) => statement.text).join(";\n"));
  }

  private parse(bytes: Buffer): Buffer {
    const { text: name, next } = stringAt(bytes, 5);
    const { text, next: rest } = stringAt(bytes, next);
    if (rest - next - 1 > longestStatement) return this.refuseTooLong(fromClient.parse, rest - next - 1, name);
    this.statements.set(name, { text });
    let pieces = this.rewritten(text);
    if (isUntouched(pieces, text)) return bytes;
    if (pieces.length > 1) {
      const fault = "cannot insert multiple commands into a prepared statement";
      pieces = [
        { kind: "statement", name: "unsupported", args: { message: fault, sqlstate: "42601" }, tag: "", source: text },
      ];
    }
    const statement = this.statement(pieces[0] as Rewritten, false);
    this.statements.set(name, { text, completion: statement.completion });
    return message(fromClient.parse, name, statement.text, bytes.subarray(rest));
  }

  /** PostgreSQL is sent a statement that fails in the words of Redshift, https://github.com/psycopg/psycopg2/issues/1091. */
  private refuseTooLong(type: number, size: number, name = ""): Buffer {
    const words = `Statement is too large. Statement Size: ${size} bytes. Maximum Allowed: ${longestStatement} bytes`;
    const { text } = failure("42601", words);
    if (type === fromClient.query) {
      this.expectations.query([]);
      return message(type, text);
    }
    this.statements.set(name, { text });
    return message(type, name, text, Buffer.alloc(2));
  }

  private bind(bytes: Buffer): void {
    const { text: portal, next } = stringAt(bytes, 5);
    const prepared = this.statements.get(stringAt(bytes, next).text);
    if (prepared) this.portals.set(portal, prepared);
    else this.portals.delete(portal);
  }

  private asked(text: string): Asked {
    if (asksForHistory.test(text)) this.history.flush();
    return { text, start: Date.now() };
  }

  private rewritten(text: string): Rewritten[] {
    return rewrite(text, this.rewriting);
  }

  private statement(piece: Rewritten, amongOthers: boolean): { text: string; completion?: Completion } {
    if (piece.kind === "sql")
      return { text: piece.text, completion: piece.tag === undefined ? undefined : { tag: piece.tag } };
    const context = { ...this.carrying, inTransaction: this.carrying.inTransaction || amongOthers };
    const { text, tag, changesDatabases } = carryOrFail(piece, context);
    return { text, completion: { tag, changesDatabases } };
  }
}

function carryOrFail(piece: Extract<Rewritten, { kind: "statement" }>, context: CarrierContext) {
  return carry(piece, context) ?? failure("0A000", `${piece.tag} is not supported`);
}

/** Nothing to rewrite: the message goes on as it is. */
function isUntouched(pieces: Rewritten[], text: string): boolean {
  const [first] = pieces;
  if (!first) return true;
  return pieces.length === 1 && first.kind === "sql" && first.tag === undefined && first.text === text;
}
