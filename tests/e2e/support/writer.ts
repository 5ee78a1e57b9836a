import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { connect, type Login } from "./clients";

const pauseMs = 100;

/** Writes a number at a time without end, and remembers those whose commit was confirmed. */
export class Writer {
  readonly committed: number[] = [];
  private stopping = false;
  private readonly work: Promise<void>;

  /** @param insert everything before the parenthesis with the number */
  constructor(
    private readonly login: Login,
    private readonly insert: string,
  ) {
    this.work = this.write();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.work;
  }

  private async write(): Promise<void> {
    let client: Client | undefined;
    for (let id = 1; !this.stopping; id++) {
      try {
        client ??= await connect(this.login);
        await client.query(`${this.insert} (${id})`);
        this.committed.push(id);
      } catch {
        // Whether this number is there nobody knows; those confirmed before must be.
        await client?.end().catch(() => undefined);
        client = undefined;
      }
      await pause(pauseMs);
    }
    await client?.end().catch(() => undefined);
  }
}
