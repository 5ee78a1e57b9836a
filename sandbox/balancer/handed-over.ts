import type { Socket } from "node:net";
import type { Connection } from "./flow";

/** Looks per idle timeout: how late a reset may come, as a part of it. */
const looks = 20;

/**
 * One connection through the balancer to a server of this process, which was given the client's own socket. What is left to
 * do is to know that it lives, and to reset it once nothing has moved for the idle timeout.
 */
export class HandedOver implements Connection {
  private readonly timer: NodeJS.Timeout;
  private moved = 0;
  private movedAt = Date.now();

  constructor(
    private readonly client: Socket,
    private readonly idleTimeoutMs: number,
    onClose: () => void,
  ) {
    this.timer = setInterval(() => this.look(), Math.max(1, idleTimeoutMs / looks));
    this.timer.unref();
    client.once("close", () => {
      clearInterval(this.timer);
      onClose();
    });
  }

  reset(): void {
    if (!this.client.destroyed) this.client.resetAndDestroy();
  }

  private look(): void {
    const { bytesRead, bytesWritten } = this.client;
    if (bytesRead + bytesWritten !== this.moved) {
      this.moved = bytesRead + bytesWritten;
      this.movedAt = Date.now();
    } else if (Date.now() - this.movedAt >= this.idleTimeoutMs) this.reset();
  }
}
