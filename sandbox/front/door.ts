import net from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import { openServer } from "./handshake";
import { fatalError, fromServer, message, startupCode } from "./messages";
import { serverParameters } from "./parameters";
import type { Passwords, Secret } from "./password";
import { HandshakeEnded, type StartupPacket, takeMessage, takeStartupPacket } from "./reading";
import { couple, type SessionContext } from "./session";

/** Who a user is, to the front. */
export interface Account {
  /** All secrets by which the user may come in; none: the password is disabled. */
  secrets: Secret[];
  expired: boolean;
}

/** What the front needs from the warehouse behind it. */
export interface House {
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

/** One client, from its first byte until it is coupled with PostgreSQL. Never rejects. */
export async function receive(
  socket: net.Socket,
  house: House,
  secureContext: tls.SecureContext | undefined,
): Promise<void> {
  socket.on("error", () => socket.destroy());
  let stream: Duplex = socket;
  try {
    for (;;) {
      const packet = await takeStartupPacket(stream);
      if (packet.code === startupCode.cancel) return cancel(stream, house, packet);
      if (
        packet.code === startupCode.gss ||
        (packet.code === startupCode.tls && (!secureContext || stream !== socket))
      ) {
        stream.write("N");
      } else if (packet.code === startupCode.tls) {
        if (socket.readableLength > 0) throw new HandshakeEnded("bytes in clear after the request for TLS");
        socket.write("S");
        stream = encrypted(socket, secureContext as tls.SecureContext);
      } else {
        return await admit(stream, house, packet, stream !== socket);
      }
    }
  } catch (error) {
    if (!stream.destroyed)
      stream.end(error instanceof HandshakeEnded ? undefined : fatalError("XX000", (error as Error).message));
    setTimeout(() => socket.destroy(), 1_000).unref();
  }
}

/** A session of this process itself: the user is trusted, everything else is as for a client. */
export async function receiveTrusted(stream: Duplex, house: House): Promise<void> {
  try {
    const packet = await takeStartupPacket(stream);
    await begin(stream, house, packet);
  } catch (error) {
    stream.destroy(error as Error);
  }
}

function encrypted(socket: net.Socket, secureContext: tls.SecureContext): tls.TLSSocket {
  const stream = new tls.TLSSocket(socket, { isServer: true, secureContext });
  stream.on("error", () => socket.destroy());
  return stream;
}

function cancel(stream: Duplex, house: House, { bytes }: StartupPacket): void {
  const server = net.connect(house.socketPath);
  server.on("error", () => stream.destroy()).on("close", () => stream.end());
  server.on("data", () => {}).write(bytes);
}

async function admit(stream: Duplex, house: House, packet: StartupPacket, encryptedConnection: boolean): Promise<void> {
  if (packet.code >>> 16 !== 3)
    return void stream.end(fatalError("0A000", "unsupported frontend protocol: 3.0 is spoken here"));
  const user = packet.parameters.get("user");
  if (!user) return void stream.end(fatalError("28000", "no PostgreSQL user name specified in startup packet"));
  if (house.parameters.require_ssl === "true" && !encryptedConnection) {
    const database = packet.parameters.get("database") ?? user;
    const text = `no pg_hba.conf entry for host "::ffff:127.0.0.1", user "${user}", database "${database}", SSL off`;
    return void stream.end(fatalError("28000", text));
  }
  if (packet.code !== startupCode.protocol3)
    stream.write(message(fromServer.negotiateProtocolVersion, startupCode.protocol3, 0));
  const account = await house.account(user);
  // Unknown users are asked for a password like all others.
  const challenge = house.passwords.challenge(account && !account.expired ? account.secrets : []);
  stream.write(challenge.request);
  const reply = await takeMessage(stream);
  if (reply.type !== challenge.replyType) {
    const text = `expected password response, got message type ${reply.type}`;
    return void stream.end(fatalError("08P01", text));
  }
  if (!challenge.accepts(reply.body))
    return void stream.end(fatalError("28000", `password authentication failed for user "${user}"`));
  await begin(stream, house, packet);
}

async function begin(stream: Duplex, house: House, { parameters }: StartupPacket): Promise<void> {
  const user = parameters.get("user") as string;
  const database = parameters.get("database") ?? user;
  const entry = await house.enter(user, database);
  if ("refusal" in entry) return void stream.end(fatalError(entry.refusal.sqlstate, entry.refusal.message));
  const server = await openServer(stream, house.socketPath, {
    ...serverParameters(parameters, house.parameters),
    ...house.settings,
    "rs.database": database,
    user,
    database,
  });
  if (server) couple(stream, server.socket, server.pid, entry.session);
}
