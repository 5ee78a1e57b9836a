import net from "node:net";
import type { Duplex } from "node:stream";
import { dismiss } from "./dismiss";
import { fatalError, fromServer, message, parseFields, startupMessage, stringAt } from "./messages";
import { announcementMessages, reportedServerVersion, unreported } from "./parameters";
import { MessageScanner } from "./scanner";

const handshakeTypes = Object.values(fromServer);

/** A connection to PostgreSQL, ready for its first query. */
export interface OpenServer {
  socket: net.Socket;
  /** Process that serves it. */
  pid: number;
}

/**
 * Opens the connection to PostgreSQL for an authenticated user and passes its greeting on to the client, in Redshift's
 * words. @returns the server's side when it is ready for the first query, or undefined when PostgreSQL refused; the client
 * has been told then.
 */
export function openServer(
  client: Duplex,
  socketPath: string,
  parameters: Record<string, string>,
): Promise<OpenServer | undefined> {
  return new Promise((resolve) => {
    const server = net.connect(socketPath);
    const scanner = new MessageScanner(handshakeTypes);
    const greeting: Buffer[] = [];
    let pid = 0;
    const refuse = (last: Buffer) => {
      settle();
      server.destroy();
      dismiss(client, Buffer.concat([...greeting, last]));
      resolve(undefined);
    };
    const onLost = () => refuse(fatalError("57P03", "the warehouse is not available"));
    const onData = (chunk: Buffer) => {
      for (const { type, bytes } of scanner.scan(chunk)) {
        if (type === fromServer.errorResponse) return refuse(refusal(bytes, parameters));
        if (type === fromServer.readyForQuery) greeting.push(announcementMessages);
        if (type === fromServer.backendKeyData) pid = bytes.readUInt32BE(5);
        greeting.push(type === fromServer.parameterStatus ? status(bytes) : bytes);
        if (type === fromServer.readyForQuery) {
          settle();
          server.pause();
          client.write(Buffer.concat(greeting));
          return resolve({ socket: server, pid });
        }
      }
    };
    const onGone = () => {
      settle();
      server.destroy();
      resolve(undefined);
    };
    const settle = () => {
      server.off("data", onData).off("error", onLost).off("close", onLost);
      client.off("close", onGone);
      server.on("error", () => server.destroy());
    };
    if (client.destroyed) return onGone();
    client.on("close", onGone);
    server.on("data", onData).on("error", onLost).on("close", onLost);
    server.write(startupMessage(parameters));
  });
}

function status(bytes: Buffer): Buffer {
  const { text: name } = stringAt(bytes, 5);
  if (unreported.has(name)) return Buffer.alloc(0);
  return name === "server_version" ? message(fromServer.parameterStatus, name, reportedServerVersion) : bytes;
}

function refusal(bytes: Buffer, parameters: Record<string, string>): Buffer {
  const fields = parseFields(bytes);
  if (fields.get("C") === "3D000") return fatalError("3D000", `database "${parameters.database}" does not exist`);
  return bytes;
}
