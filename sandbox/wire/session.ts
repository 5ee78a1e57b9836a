import type { Duplex } from "node:stream";
import type { SessionContext } from "./backend";
import { dismiss } from "./dismiss";
import { tellsOfChange, translate } from "./errors";
import { Expectations } from "./expectations";
import { fatalError, fromServer, message, ProtocolFault, parseFields, stringAt } from "./messages";
import { unreported } from "./parameters";
import { Requests, requestLimits, requestTypes } from "./requests";
import { MessageScanner, type Segment } from "./scanner";
import { tellState } from "./sqlstates";

const responseTypes = [
  ...[fromServer.commandComplete, fromServer.copyInResponse, fromServer.emptyQueryResponse, fromServer.errorResponse],
  ...[fromServer.noticeResponse, fromServer.parameterStatus, fromServer.portalSuspended, fromServer.readyForQuery],
  fromServer.rowDescription,
];

const statusIdle = 0x49;
/** Types PostgreSQL shows under its own number and Redshift under another: jsonb and json are SUPER, bytea is VARBYTE. */
const shownTypes = new Map([
  [3802, 4000],
  [114, 4000],
  [17, 6551],
]);

/**
 * Couples an authenticated client with its connection to PostgreSQL. Each side is read only as fast as the other takes it.
 * After a transaction that changed shares, ReadyForQuery is held back until all consumers have caught up.
 */
export function couple(client: Duplex, server: Duplex, pid: number, context: SessionContext): void {
  const { user, database, history } = context;
  const expectations = new Expectations(({ text, start }, { tag, error }) => {
    history.record({ user, database, pid, start, end: Date.now(), text, tag, error });
  });
  let inTransaction = false;
  const gone = new AbortController();
  const requests = new Requests(context.translator, () => inTransaction, expectations, history, gone.signal);
  const fromTheClient = new MessageScanner(requestTypes, requestLimits);
  const fromTheServer = new MessageScanner(responseTypes);
  let changed = false;
  let held: Segment[] | undefined;
  /** What the client has sent after a text that is being translated. */
  let behind: Segment[] | undefined;
  let behindLength = 0;

  const end = () => {
    gone.abort();
    client.destroy();
    server.destroy();
    if (changed) void context.propagate();
    changed = false;
  };

  /** Ends the session with what was wrong. */
  const breakOff = (error: Error) => {
    gone.abort();
    client.off("data", onRequest).off("drain", onClientDrained);
    server.destroy();
    dismiss(client, fatalError(error instanceof ProtocolFault ? "08P01" : "XX000", error.message));
  };

  const onRequest = (chunk: Buffer) => {
    try {
      const segments = fromTheClient.scan(chunk);
      if (!behind) return forward(segments);
      // It goes on being read, so that its end is noticed; not for ever.
      for (const segment of segments) behind.push(segment);
      behindLength += chunk.length;
      if (behindLength > mostBehind) client.pause();
    } catch (error) {
      breakOff(error as Error);
    }
  };

  const forward = (segments: Segment[]) => {
    const out: Buffer[] = [];
    for (let i = 0; i < segments.length; i++) {
      const bytes = requests.forward(segments[i] as Segment);
      if (bytes instanceof Promise) {
        behind = segments.slice(i + 1);
        bytes.then(goOn).catch(breakOff);
        break;
      }
      out.push(bytes);
    }
    send(server, client, out);
  };

  /** The text is translated: it is sent, and what came after it is looked at. */
  const goOn = (bytes: Buffer) => {
    const rest = behind ?? [];
    behind = undefined;
    behindLength = 0;
    if (gone.signal.aborted) return;
    client.resume();
    send(server, client, [bytes]);
    forward(rest);
  };

  /** The answer as the client sees it; undefined: nothing. */
  const answer = (segment: Segment): Buffer | undefined => {
    const { type, bytes } = segment;
    switch (type) {
      case fromServer.commandComplete:
      case fromServer.emptyQueryResponse:
      case fromServer.portalSuspended: {
        const tag = type === fromServer.commandComplete ? stringAt(bytes, 5).text : undefined;
        const completion = expectations.completed(tag);
        if (completion?.changesDatabases) changed = true;
        return completion?.tag !== undefined && type === fromServer.commandComplete
          ? message(type, completion.tag)
          : bytes;
      }
      case fromServer.copyInResponse:
        expectations.copying();
        return bytes;
      case fromServer.rowDescription:
        showTypes(bytes);
        return bytes;
      case fromServer.noticeResponse:
        if (tellsOfChange(parseFields(bytes))) {
          changed = true;
          return undefined;
        }
        return translate(type, bytes, context.sharedDatabases);
      case fromServer.errorResponse: {
        const said = translate(type, bytes, context.sharedDatabases);
        const fields = parseFields(said);
        expectations.failed(fields.get("M") ?? "");
        // Its words may quote data, so that only its kind goes into the log.
        context.log(`statement of ${user} in ${database} (session ${pid}) failed: ${tellState(fields.get("C") ?? "")}`);
        return said;
      }
      case fromServer.parameterStatus:
        return unreported.has(stringAt(bytes, 5).text) ? undefined : bytes;
      default:
        return bytes;
    }
  };

  const deliver = (segments: Segment[]) => {
    const out: Buffer[] = [];
    for (let i = 0; i < segments.length; i++) {
      const segment = segments[i] as Segment;
      if (segment.type === fromServer.readyForQuery) {
        if (changed && segment.bytes[5] === statusIdle) {
          changed = false;
          held = segments.slice(i);
          server.pause();
          send(client, server, out);
          void context.propagate().then(release);
          return;
        }
        expectations.ready();
        inTransaction = segment.bytes[5] !== statusIdle;
      }
      const bytes = segment.type === 0 ? segment.bytes : answer(segment);
      if (bytes) out.push(bytes);
    }
    send(client, server, out);
  };

  const release = () => {
    const rest = held ?? [];
    held = undefined;
    if (client.destroyed) return;
    server.resume();
    deliver(rest);
  };

  const onAnswer = (chunk: Buffer) => {
    try {
      const segments = fromTheServer.scan(chunk);
      if (held) held.push(...segments);
      else deliver(segments);
    } catch (error) {
      breakOff(error as Error);
    }
  };

  const onClientDrained = () => {
    if (!held) server.resume();
  };

  client.on("data", onRequest);
  server.on("data", onAnswer);
  client.on("error", end).on("close", end);
  server.on("error", end).on("close", () => {
    gone.abort();
    if (!client.destroyed) client.end();
    if (changed) void context.propagate();
    changed = false;
  });
  client.on("end", () => (behind ? end() : server.end()));
  client.on("drain", onClientDrained);
  server.on("drain", () => {
    if (behindLength <= mostBehind) client.resume();
  });
  client.resume();
  server.resume();
}

/** Bytes that a client may send on while a text of its own is being translated. */
const mostBehind = 262_144;
const smallEnoughToJoin = 16_384;

/** Writes to `target`; when it takes no more for now, stops reading `source` until it drains. */
function send(target: Duplex, source: Duplex, buffers: Buffer[]): void {
  if (buffers.length === 0 || !target.writable) return;
  let total = 0;
  for (const { length } of buffers) total += length;
  let more = true;
  if (buffers.length === 1) more = target.write(buffers[0]);
  else if (total < smallEnoughToJoin) more = target.write(Buffer.concat(buffers, total));
  else {
    target.cork();
    for (const buffer of buffers) more = target.write(buffer);
    target.uncork();
  }
  if (!more) source.pause();
}

/** Rewrites the type numbers of a row description in place. */
function showTypes(bytes: Buffer): void {
  let at = 7;
  for (let fields = bytes.readUInt16BE(5); fields > 0; fields--) {
    at = bytes.indexOf(0, at) + 1;
    const shown = shownTypes.get(bytes.readUInt32BE(at + 6));
    if (shown !== undefined) bytes.writeUInt32BE(shown, at + 6);
    at += 18;
  }
}
