import type { Socket } from "node:net";
import { type IdleLimit, watchIdleness } from "../network/idle";

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

  constructor(
    private readonly client: Socket,
    private readonly target: Socket,
    private readonly idle: IdleLimit,
    private readonly onClose: () => void,
    private readonly onIdle: () => void = () => {},
  ) {}

  start(): void {
    this.connect(this.client, this.target);
    this.connect(this.target, this.client);
    watchIdleness(this.client, this.idle, () => {
      this.onIdle();
      this.reset();
    });
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

  private finish(): void {
    if (this.closed) return;
    this.closed = true;
    this.onClose();
  }
}
