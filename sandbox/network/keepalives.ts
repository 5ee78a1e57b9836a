import fs from "node:fs";
import type { Socket } from "node:net";

/** What is known of a client's TCP keepalives: seconds until its next probe, none, or nothing at all. */
export type Keepalive = number | "none" | undefined;

/** `TCP_ESTABLISHED` and the timer `sk_timer`: https://docs.kernel.org/networking/proc_net_tcp.html */
const established = "01";
const keepaliveTimer = "02";
/** The kernel gives timers in ticks of USER_HZ, which is 100 on every Linux. */
const ticksPerSecond = 100;
/** How an IPv4 address begins in the table of IPv6 sockets, which JVMs use for both. */
const mapped = "0000000000000000FFFF0000";
/** Connections that are looked at together read the table once. */
const freshMs = 250;

/**
 * Reads the kernel's table of TCP sockets: `<own address>><the other's>` → seconds until the keepalive timer fires, or
 * "none". Addresses as the table writes them, IPv4 ones without the prefix that they have among IPv6 sockets.
 */
export function parseSocketTable(text: string): Map<string, Exclude<Keepalive, undefined>> {
  const sockets = new Map<string, Exclude<Keepalive, undefined>>();
  for (const line of text.split("\n")) {
    const [, own = "", other = "", state, , timer = ""] = line.trim().split(/\s+/);
    if (state !== established) continue;
    const [kind, ticks = ""] = timer.split(":");
    const seconds = Number.parseInt(ticks, 16) / ticksPerSecond;
    sockets.set(`${unmapped(own)}>${unmapped(other)}`, kind === keepaliveTimer ? seconds : "none");
  }
  return sockets;
}

const unmapped = (address: string) => (address.startsWith(mapped) ? address.slice(mapped.length) : address);

/** An IPv4 address and port as the table has them: the address with its bytes turned round. */
function inTable(address: string, port: number): string {
  const bytes = address.replace(/^::ffff:/, "").split(".");
  const hex = (value: number, width: number) => value.toString(16).toUpperCase().padStart(width, "0");
  return `${bytes
    .reverse()
    .map((byte) => hex(Number(byte), 2))
    .join("")}:${hex(port, 4)}`;
}

let table = new Map<string, Exclude<Keepalive, undefined>>();
let readAt = Number.NEGATIVE_INFINITY;

function socketTable(): typeof table {
  if (performance.now() - readAt < freshMs) return table;
  table = new Map(["tcp", "tcp6"].flatMap((name) => [...parseSocketTable(contents(`/proc/net/${name}`))]));
  readAt = performance.now();
  return table;
}

/** Empty where the system has no such table: macOS, or a kernel without IPv6. */
function contents(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/**
 * The keepalive timer of the other end of a connection. Probes do not reach a program, but clients of the sandbox are
 * processes of this machine, and Linux shows every socket with its timer. Undefined on other systems, and where the
 * other end is in no table: in another network namespace, for example.
 */
export function keepaliveOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): Keepalive {
  if (!remoteAddress || !remotePort || !localAddress || !localPort) return undefined;
  return socketTable().get(`${inTable(remoteAddress, remotePort)}>${inTable(localAddress, localPort)}`);
}
