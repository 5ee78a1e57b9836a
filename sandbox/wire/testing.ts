import { createHash } from "node:crypto";
import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import fc from "fast-check";
import { fromClient, fromServer, message, parseFields, startupCode, startupMessage } from "./messages";

/** Places to cut at, for `cut`. */
export const anyCuts = fc.array(fc.nat(), { maxLength: 20 });

/** Cuts `bytes` at the given places, as a network may. */
export function cut(bytes: Buffer, places: number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

export interface RawLogin {
  user: string;
  password: string;
  database: string;
}

/** A request without a body that is not a typed message: for TLS, GSS, or to cancel. */
export function request(code: number, ...more: number[]): Buffer {
  const packet = Buffer.alloc(8 + 4 * more.length);
  [packet.length, code, ...more].forEach((value, index) => {
    packet.writeUInt32BE(value >>> 0, index * 4);
  });
  return packet;
}

export const tlsRequest = request(startupCode.tls);

/** A client that sends whatever it is told to and keeps all that it is sent. */
export class RawClient {
  received = Buffer.alloc(0);

  private constructor(
    private readonly tcp: net.Socket,
    /** The same, or TLS on it. */
    public socket = tcp,
  ) {
    this.listen();
  }

  static async connect(port: number): Promise<RawClient> {
    const client = new RawClient(net.connect(port, "127.0.0.1"));
    client.socket.setNoDelay(true);
    await once(client.socket, "connect");
    return client;
  }

  get closed(): boolean {
    return this.socket.destroyed || this.socket.readableEnded;
  }

  send(...bytes: Buffer[]): void {
    if (!this.socket.destroyed) this.socket.write(Buffer.concat(bytes));
  }

  /** Each piece in a segment of its own. */
  async sendInPieces(pieces: Buffer[]): Promise<void> {
    for (const piece of pieces) {
      this.send(piece);
      await new Promise(setImmediate);
    }
  }

  async until(condition: () => boolean, what: string, withinMs = 20_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Waits for the end of the connection. @returns what the server's error said, if it said one */
  async ending(withinMs?: number): Promise<string | undefined> {
    await this.until(() => this.closed, "the server ends the connection", withinMs);
    return this.errors().at(-1);
  }

  /** Bodies of whole messages of a type. */
  messages(type: number): Buffer[] {
    const found: Buffer[] = [];
    for (let at = 0; at + 5 <= this.received.length; ) {
      const size = this.received.readUInt32BE(at + 1) + 1;
      if (this.received.length < at + size) break;
      if (this.received[at] === type) found.push(this.received.subarray(at + 5, at + size));
      at += size;
    }
    return found;
  }

  /** SQLSTATE and words of the errors so far. */
  errors(): string[] {
    return this.messages(fromServer.errorResponse).map((body) => {
      const fields = parseFields(Buffer.concat([Buffer.alloc(5), body]));
      return `${fields.get("C")} ${fields.get("M")}`;
    });
  }

  async startTls(): Promise<void> {
    this.send(tlsRequest);
    await this.until(() => this.received.length > 0, "an answer to the request for TLS");
    this.received = Buffer.alloc(0);
    this.socket.removeAllListeners("data");
    this.socket = tls.connect({ socket: this.socket, rejectUnauthorized: false });
    this.listen();
    await once(this.socket, "secureConnect");
  }

  /** @param send how bytes go out: all at once, or in pieces */
  async logIn(login: RawLogin, send: (bytes: Buffer) => unknown = (bytes) => this.send(bytes)): Promise<void> {
    const { user, password, database } = login;
    await send(startupMessage({ user, database }));
    await this.until(() => this.messages(fromServer.authentication).length > 0, "a request for the password");
    await send(md5Answer(this.messages(fromServer.authentication)[0]!, user, password));
    await this.until(() => this.messages(fromServer.readyForQuery).length > 0, "ready for the first query");
  }

  /** The first column of all rows of a simple query. */
  async query(sql: string, withinMs?: number): Promise<string[]> {
    this.received = Buffer.alloc(0);
    this.send(message(fromClient.query, sql));
    await this.until(() => this.messages(fromServer.readyForQuery).length > 0, `an answer to ${sql}`, withinMs);
    const dataRow = 0x44;
    return this.messages(dataRow).map((body) => body.toString("utf8", 6, 6 + body.readInt32BE(2)));
  }

  close(): void {
    this.socket.destroy();
  }

  reset(): void {
    this.tcp.resetAndDestroy();
  }

  private listen(): void {
    this.socket.on("error", () => {});
    this.socket.on("data", (chunk) => {
      this.received = Buffer.concat([this.received, chunk]);
    });
  }
}

/** https://www.postgresql.org/docs/current/protocol-flow.html, AuthenticationMD5Password. @param asked body of the request */
export function md5Answer(asked: Buffer, user: string, password: string): Buffer {
  const md5 = (...parts: (string | Buffer)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash("md5")).digest("hex");
  return message(fromClient.password, `md5${md5(md5(password, user), asked.subarray(4))}`);
}
