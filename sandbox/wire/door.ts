import net from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import { dismiss } from "./dismiss";
import type { StartupPacket } from "./frames";
import { openServer } from "./handshake";
import { ClientGone, Incoming } from "./incoming";
import { fatalError, fromServer, message, ProtocolFault, startupCode } from "./messages";
import { serverParameters } from "./parameters";
import type { Passwords, Secret } from "./password";
import { couple, type SessionContext } from "./session";

const cancelRequestLength = 16;

/** Who a user is, to the front. */
export interface Account {
  /** All secrets by which the user may come in; none: the password is disabled. */
  secrets: Secret[];
  expired: boolean;
}

/** What the front needs from the warehouse behind it. */
export interface House {
  /** What the log calls it. */
  readonly name: string;
  log(line: string): void;
  readonly socketPath: string;
  /** Configuration parameters of the workgroup. */
  readonly parameters: Record<string, string>;
  /** Settings of every session beyond those, such as `rs.workgroup`. */
  readonly settings: Record<string, string>;
  readonly passwords: Passwords;
  account(user: string): Promise<Account | undefined>;
  /** Lets the user into a database, or says why not. */
  enter(
    user: string,
    database: string,
  ): Promise<{ session: SessionContext } | { refusal: { sqlstate: string; message: string } }>;
}

/** What a client is told when it may not come in. */
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
  house: House,
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
        cancel(stream, house, packet);
        return false;
      }
      if (!declinable.delete(packet.code)) {
        const session = await admit(stream, incoming, house, packet, stream !== socket);
        if (session) tellOf(socket, house, session, stream !== socket);
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
      tell(house, `connection from ${peerOf(socket)} refused: ${(error as Error).message}`);
    turnAway(stream, error as Error);
    return false;
  }
}

const tell = ({ name, log }: House, what: string) => log(`${name}: ${what}`);
const peerOf = ({ remoteAddress = "?", remotePort }: net.Socket) => `${remoteAddress}:${remotePort}`;

/** Tells of a client that is in, and of its leaving. */
function tellOf(
  socket: net.Socket,
  house: House,
  { user, database }: SessionContext,
  encryptedConnection: boolean,
): void {
  const who = `${user} from ${peerOf(socket)}`;
  const since = Date.now();
  tell(house, `${who} connected to ${database}${encryptedConnection ? ", with TLS" : ", without TLS"}`);
  socket.once("close", () => tell(house, `${who} left after ${((Date.now() - since) / 1_000).toFixed(1)} s`));
}

/** A session of this process itself: the user is trusted, everything else is as for a client. */
export async function receiveTrusted(stream: Duplex, house: House): Promise<void> {
  try {
    const incoming = new Incoming(stream);
    await begin(stream, incoming, house, await incoming.startupPacket());
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
function cancel(stream: Duplex, house: House, { bytes }: StartupPacket): void {
  if (bytes.length !== cancelRequestLength) return void stream.destroy();
  const server = net.connect(house.socketPath);
  server.on("error", () => stream.destroy()).on("close", () => stream.end(() => stream.destroy()));
  stream.on("close", () => server.destroy());
  server.resume().write(bytes);
}

async function admit(
  stream: Duplex,
  incoming: Incoming,
  house: House,
  packet: StartupPacket,
  encryptedConnection: boolean,
): Promise<SessionContext | undefined> {
  const major = packet.code >>> 16;
  if (major !== 3) {
    throw new Refusal("0A000", `unsupported frontend protocol ${major}.${packet.code & 0xffff}: 3.0 is spoken here`);
  }
  const user = packet.parameters.get("user");
  if (!user) throw new Refusal("28000", "no PostgreSQL user name specified in startup packet");
  if (house.parameters.require_ssl === "true" && !encryptedConnection) {
    const database = packet.parameters.get("database") ?? user;
    const text = `no pg_hba.conf entry for host "::ffff:127.0.0.1", user "${user}", database "${database}", SSL off`;
    throw new Refusal("28000", text);
  }
  if (packet.code !== startupCode.protocol3)
    stream.write(message(fromServer.negotiateProtocolVersion, startupCode.protocol3, 0));
  const account = await house.account(user);
  // Unknown users are asked for a password like all others.
  const challenge = house.passwords.challenge(account && !account.expired ? account.secrets : []);
  stream.write(challenge.request);
  const { type, body } = await incoming.message();
  if (type !== challenge.replyType) throw new ProtocolFault(`expected password response, got message type ${type}`);
  if (!challenge.accepts(body)) throw new Refusal("28000", `password authentication failed for user "${user}"`);
  return begin(stream, incoming, house, packet);
}

async function begin(
  stream: Duplex,
  incoming: Incoming,
  house: House,
  { parameters }: StartupPacket,
): Promise<SessionContext | undefined> {
  const user = parameters.get("user") as string;
  const database = parameters.get("database") ?? user;
  const entry = await house.enter(user, database);
  if ("refusal" in entry) throw new Refusal(entry.refusal.sqlstate, entry.refusal.message);
  const server = await openServer(stream, house.socketPath, {
    ...serverParameters(parameters, house.parameters),
    ...house.settings,
    "rs.database": database,
    user,
    database,
  });
  if (!server) return undefined;
  incoming.release();
  couple(stream, server.socket, server.pid, entry.session);
  return entry.session;
}
