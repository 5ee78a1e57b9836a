import type { Socket } from "node:net";
import { keepaliveOf } from "./keepalives";

/** When a network forgets a silent connection. */
export interface IdleLimit {
  /** In AWS's seconds: what clients' keepalives are held against. */
  readonly seconds: number;
  /** What a second of silence lasts here. */
  readonly scale: number;
}

/** Looks per timeout: how late the end may come, as a part of it. */
const looks = 20;

/**
 * Resets a client's connection after its time without a packet. Network Load Balancers and VPC endpoints forget it then,
 * and answer the next packet by a reset; here the reset comes at once, since the server of a connection that was handed
 * over would answer that packet first.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout
 *
 * A client that has keepalives sends a packet each time its timer runs out. These packets are not seen here, but the
 * timer is: a connection lives while it is never further from the next probe than the limit. Timers are compared in
 * AWS's seconds, so that a client needs no other settings here than there. Where timers cannot be seen, nothing is cut.
 */
export function watchIdleness(socket: Socket, { seconds, scale }: IdleLimit, reset: () => void): void {
  const limitMs = seconds * 1_000 * scale;
  let moved = 0;
  let movedAt = performance.now();
  let longest: number | "none" | undefined;

  const hasMoved = () => {
    const now = socket.bytesRead + socket.bytesWritten;
    if (now === moved) return false;
    moved = now;
    movedAt = performance.now();
    return true;
  };
  /** The timer is full soon after the connection was made and at any time later less so: the longest is the period. */
  const noteKeepalive = () => {
    const next = keepaliveOf(socket);
    longest = typeof next === "number" && typeof longest === "number" ? Math.max(next, longest) : next;
  };
  const look = () => {
    if (longest === undefined) noteKeepalive();
    if (hasMoved() || performance.now() - movedAt < limitMs) return;
    noteKeepalive();
    if (longest === "none" || (longest !== undefined && longest > seconds)) reset();
    else movedAt = performance.now();
  };

  const timer = setInterval(look, Math.max(1, limitMs / looks));
  timer.unref();
  socket.once("close", () => clearInterval(timer));
}
