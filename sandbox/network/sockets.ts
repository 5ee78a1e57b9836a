import type { Socket } from "node:net";

/**
 * Servers of this process that take connections which somebody else in it has accepted. Balancer and warehouses live in one
 * process: a connection that is handed from one to the other saves copying every byte through two more sockets.
 */
const listeners = new Map<string, (socket: Socket) => void>();

const nameOf = (host: string, port: number) => `${host}:${port}`;

/** Announces who listens at an address. The sockets it is given are paused. */
export function announceListener(host: string, port: number, receive: (socket: Socket) => void): void {
  listeners.set(nameOf(host, port), receive);
}

export function withdrawListener(host: string, port: number): void {
  listeners.delete(nameOf(host, port));
}

/** Who takes connections to an address; undefined where it is no server of this process, or none any more. */
export function listenerAt(host: string, port: number): ((socket: Socket) => void) | undefined {
  return listeners.get(nameOf(host, port));
}
