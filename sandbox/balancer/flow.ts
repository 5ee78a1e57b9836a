import type { Socket } from "node:net";

/** A client's connection through the balancer, however it reaches its target. */
export interface Connection {
  /** Ends it with RST, for client and target. */
  reset(): void;
}

/**
 * One connection through the balancer: bytes both ways with back-pressure, each end's half-close passed on, and a
 * reset on both ends once nothing has moved for the idle timeout, as a Network Load Balancer does.
 */
export class Flow implements Connection {
  private closed = false;
  private lastActivity = Date.now();
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: Socket,
    private readonly target: Socket,
    private readonly idleTimeoutMs: number,
    private readonly onClose: () => void,
  ) {}

  start(): void {
    this.connect(this.client, this.target);
    this.connect(this.target, this.client);
    this.watchIdleness(this.idleTimeoutMs);
  }

  /** Ends both connections with RST. */
  reset(): void {
    if (!this.client.destroyed) this.client.resetAndDestroy();
    if (!this.target.destroyed) this.target.resetAndDestroy();
    this.finish();
  }

  private connect(from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on("data", (chunk) => {
      this.lastActivity = Date.now();
      if (!to.write(chunk)) from.pause();
    });
    to.on("drain", () => from.resume());
    from.on("end", () => to.end());
    from.on("error", () => this.reset());
    from.on("close", () => {
      // A closed end whose "end" was passed on leaves the other one to finish in its own time.
      if (!from.readableEnded && !to.destroyed) to.destroy();
      if (this.client.destroyed && this.target.destroyed) this.finish();
    });
  }

  /** One timer for both directions, re-armed only when it fires: nothing is done per packet but taking the time. */
  private watchIdleness(waitMs: number): void {
    this.idleTimer = setTimeout(() => {
      const left = this.lastActivity + this.idleTimeoutMs - Date.now();
      if (left <= 0) this.reset();
      else this.watchIdleness(left);
    }, waitMs);
    this.idleTimer.unref();
  }

  private finish(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.idleTimer);
    this.onClose();
  }
}
