import net from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import type { Backend, SessionContext } from "./backend";
import { dismiss } from "./dismiss";
import type { StartupPacket } from "./frames";
import { openServer } from "./handshake";
import { ClientGone, Incoming } from "./incoming";
import { fatalError, fromServer, message, ProtocolFault, startupCode } from "./messages";
import { serverParameters } from "./parameters";
import { couple } from "./session";

const cancelRequestLength = 16;

/** Tells a client that it may not come in. */
class Refusal extends Error {
  constructor(
    readonly sqlstate: string,
    text: string,
  ) {
    super(text);
  }
}

/**
 * One client, from its first byte until it is coupled with PostgreSQL. The caller sees to it that this takes no longer than
 * it may. @returns whether it came so far; never rejects
 */
export async function receive(
  socket: net.Socket,
  backend: Backend,
  secureContext: tls.SecureContext | undefined,
): Promise<boolean> {
  socket.on("error", () => socket.destroy());
  let stream: Duplex = socket;
  let incoming = new Incoming(stream);
  // PostgreSQL takes each of these requests once, ProcessStartupPacket in backend_startup.c.
  const declinable = new Set<number>([startupCode.tls, startupCode.gss]);
  try {
    for (;;) {
      const packet = await incoming.startupPacket();
      if (packet.code === startupCode.cancel) {
        cancel(stream, backend, packet);
        return false;
      }
      if (!declinable.delete(packet.code)) {
        const session = await admit(stream, incoming, backend, packet, stream !== socket);
        if (session) tellOf(socket, backend, session, stream !== socket);
        return session !== undefined;
      }
      if (packet.code === startupCode.gss || !secureContext) {
        stream.write("N");
        continue;
      }
      if (incoming.release() > 0) throw new ProtocolFault("bytes in clear after the request for TLS");
      socket.write("S");
      declinable.clear();
      stream = encrypted(socket, secureContext);
      incoming = new Incoming(stream);
    }
  } catch (error) {
    if (!(error instanceof ClientGone))
      tell(backend, `connection from ${peerOf(socket)} refused: ${(error as Error).message}`);
    turnAway(stream, error as Error);
    return false;
  }
}

const tell = ({ name, log }: Backend, what: string) => log(`${name}: ${what}`);
const peerOf = ({ remoteAddress = "?", remotePort }: net.Socket) => `${remoteAddress}:${remotePort}`;

/** Tells of a client that is in, and of its leaving. */
function tellOf(
  socket: net.Socket,
  backend: Backend,
  { user, database }: SessionContext,
  encryptedConnection: boolean,
): void {
  const who = `${user} from ${peerOf(socket)}`;
  const since = Date.now();
  tell(backend, `${who} connected to ${database}${encryptedConnection ? ", with TLS" : ", without TLS"}`);
  socket.once("close", () => tell(backend, `${who} left after ${((Date.now() - since) / 1_000).toFixed(1)} s`));
}

/** A session of this process itself: the user is trusted, everything else is as for a client. */
export async function receiveTrusted(stream: Duplex, backend: Backend): Promise<void> {
  try {
    const incoming = new Incoming(stream);
    await begin(stream, incoming, backend, await incoming.startupPacket());
  } catch (error) {
    turnAway(stream, error as Error);
  }
}

function turnAway(stream: Duplex, error: Error): void {
  if (error instanceof ClientGone) stream.destroy();
  else if (error instanceof ProtocolFault) dismiss(stream, fatalError("08P01", error.message));
  else dismiss(stream, fatalError(error instanceof Refusal ? error.sqlstate : "XX000", error.message));
}

function encrypted(socket: net.Socket, secureContext: tls.SecureContext): tls.TLSSocket {
  const stream = new tls.TLSSocket(socket, { isServer: true, secureContext });
  stream.on("error", () => socket.destroy());
  return stream;
}

/** PostgreSQL itself compares the secret key. */
function cancel(stream: Duplex, backend: Backend, { bytes }: StartupPacket): void {
  if (bytes.length !== cancelRequestLength) return void stream.destroy();
  const server = net.connect(backend.socketPath);
  server.on("error", () => stream.destroy()).on("close", () => stream.end(() => stream.destroy()));
  stream.on("close", () => server.destroy());
  server.resume().write(bytes);
}

async function admit(
  stream: Duplex,
  incoming: Incoming,
  backend: Backend,
  packet: StartupPacket,
  encryptedConnection: boolean,
): Promise<SessionContext | undefined> {
  const major = packet.code >>> 16;
  if (major !== 3) {
    throw new Refusal("0A000", `unsupported frontend protocol ${major}.${packet.code & 0xffff}: 3.0 is spoken here`);
  }
  const user = packet.parameters.get("user");
  if (!user) throw new Refusal("28000", "no PostgreSQL user name specified in startup packet");
  if (backend.parameters.require_ssl === "true" && !encryptedConnection) {
    const database = packet.parameters.get("database") ?? user;
    const text = `no pg_hba.conf entry for host "::ffff:127.0.0.1", user "${user}", database "${database}", SSL off`;
    throw new Refusal("28000", text);
  }
  if (packet.code !== startupCode.protocol3)
    stream.write(message(fromServer.negotiateProtocolVersion, startupCode.protocol3, 0));
  const login = await backend.login(user);
  // Unknown users are asked for a password like all others.
  const challenge = backend.passwords.challenge(login && !login.expired ? login.secrets : []);
  stream.write(challenge.request);
  const { type, body } = await incoming.message();
  if (type !== challenge.replyType) throw new ProtocolFault(`expected password response, got message type ${type}`);
  if (!challenge.accepts(body)) throw new Refusal("28000", `password authentication failed for user "${user}"`);
  return begin(stream, incoming, backend, packet);
}

async function begin(
  stream: Duplex,
  incoming: Incoming,
  backend: Backend,
  { parameters }: StartupPacket,
): Promise<SessionContext | undefined> {
  const user = parameters.get("user") as string;
  const database = parameters.get("database") ?? user;
  const entry = await backend.enter(user, database);
  if ("refusal" in entry) throw new Refusal(entry.refusal.sqlstate, entry.refusal.message);
  const server = await openServer(stream, backend.socketPath, {
    ...serverParameters(parameters, backend.parameters),
    ...backend.settings,
    "rs.database": database,
    user,
    database,
  });
  if (!server) return undefined;
  incoming.release();
  couple(stream, server.socket, server.pid, entry.session);
  return entry.session;
}
