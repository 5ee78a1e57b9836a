import fs from "node:fs";
import type { Socket } from "node:net";

/** The kernel's tables of TCP sockets, on Linux. https://docs.kernel.org/networking/proc_net_tcp.html */
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];

/**
 * Whether the other end of a connection on loopback belongs to this user or to root. Where the machine does not tell
 * (macOS, a socket that is gone already) it is taken to.
 * @param local port of this end
 * @param remote port of the other end
 */
export function isOwnPeer(local: number, remote: number): boolean {
  const own = process.getuid?.();
  if (own === undefined || process.platform !== "linux") return true;
  const owner = tables.map((table) => ownerOf(textOf(table), remote, local)).find((uid) => uid !== undefined);
  return owner === undefined || owner === own || owner === 0;
}

const known = new WeakMap<Socket, boolean>();

/** The same of a socket, found out once. */
export function isOwnSocket(socket: Socket): boolean {
  const own = known.get(socket) ?? isOwnPeer(socket.localPort ?? 0, socket.remotePort ?? 0);
  known.set(socket, own);
  return own;
}

/**
 * The user that a socket belongs to.
 * @param table as in /proc/net/tcp: addresses and ports in hexadecimal, in the eighth column the user's number
 */
export function ownerOf(table: string, local: number, remote: number): number | undefined {
  const port = (value: number) => value.toString(16).toUpperCase().padStart(4, "0");
  // 127.0.0.1 in the byte order of the machine; in tcp6 as the end of a mapped address.
  const end = (value: number) => `[0-9A-F]*0100007F:${port(value)}`;
  const ends = new RegExp(`^\\s*\\d+: ${end(local)} ${end(remote)} \\S+ \\S+ \\S+ \\S+\\s+(\\d+)`, "m");
  const uid = ends.exec(table)?.[1];
  return uid === undefined ? undefined : Number(uid);
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
