import type { Socket } from "node:net";
import { type IdleLimit, watchIdleness } from "../network/idle";
import type { Connection } from "./flow";

/**
 * One connection through the balancer to a server of this process, which was given the client's own socket. What is left to
 * do is to know that it lives, and to reset it once nothing has moved for the idle timeout.
 */
export class HandedOver implements Connection {
  constructor(
    private readonly client: Socket,
    idle: IdleLimit,
    onClose: () => void,
    onIdle: () => void = () => {},
  ) {
    watchIdleness(client, idle, () => {
      onIdle();
      this.reset();
    });
    client.once("close", onClose);
  }

  reset(): void {
    if (!this.client.destroyed) this.client.resetAndDestroy();
  }
}
