import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { connect, type Login } from "./clients";

/** What a client does about connections. */
export interface Habits {
  /** Queries on one connection before it is given back and another one opened, as pools with a maximum age do. */
  perConnection: number;
  /** How often a query is sent again on a new connection when its connection was lost, before it counts as failed. */
  retries: number;
}

/** Keeps what it has for as long as it lasts, and takes every loss for a failure. */
export const faithful: Habits = { perConnection: Number.POSITIVE_INFINITY, retries: 0 };
/** Opens a connection for a little work at a time; never sends anything twice. */
export const reconnecting: Habits = { perConnection: 3, retries: 0 };
/** Keeps connections, and when one is lost reconnects and asks again. */
export const persistent: Habits = { perConnection: Number.POSITIVE_INFINITY, retries: 5 };

const pauseMs = 50;

/** Readers that query without end until they are stopped, and remember what went wrong. */
export class Traffic {
  readonly failures: string[] = [];
  /** Who answered: namespace → number of queries. */
  readonly served = new Map<string, number>();
  queries = 0;
  /** Connections that were lost and replaced without a failed query. */
  reconnections = 0;
  private stopping = false;
  private readonly workers: Promise<void>[] = [];

  constructor(
    private readonly login: Login,
    private readonly sql: string,
    private readonly habits: Habits,
    readers: number,
  ) {
    for (let reader = 0; reader < readers; reader++) this.workers.push(this.read());
  }

  /** Adds readers until every one of these has answered. */
  async reach(namespaces: readonly string[]): Promise<void> {
    while (!namespaces.every((namespace) => this.served.has(namespace))) {
      this.workers.push(this.read());
      await this.flow(10);
    }
  }

  /** Waits until so many further queries were answered. @throws Error when that takes longer than `deadlineMs` */
  async flow(queries: number, deadlineMs = 60_000): Promise<void> {
    const goal = this.queries + queries;
    const until = Date.now() + deadlineMs;
    while (this.queries < goal) {
      if (Date.now() > until)
        throw new Error(
          `only ${this.queries} of ${goal} queries in ${deadlineMs} ms; failures: ${this.failures.join("; ")}`,
        );
      await pause(pauseMs);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.workers);
  }

  private async read(): Promise<void> {
    let client: Client | undefined;
    let used = 0;
    while (!this.stopping) {
      for (let attempt = 0; ; attempt++) {
        try {
          client ??= await connect(this.login);
          const { rows } = await client.query<[string]>({ text: this.sql, rowMode: "array" });
          this.served.set(rows[0]![0], (this.served.get(rows[0]![0]) ?? 0) + 1);
          this.queries++;
          used++;
          break;
        } catch (error) {
          await client?.end().catch(() => undefined);
          client = undefined;
          used = 0;
          if (attempt >= this.habits.retries) {
            this.failures.push(`${new Date().toISOString()} ${error instanceof Error ? error.message : String(error)}`);
            await pause(200);
            break;
          }
          this.reconnections++;
          await pause(100 * 2 ** attempt);
        }
      }
      if (used >= this.habits.perConnection) {
        await client?.end();
        client = undefined;
        used = 0;
      }
      await pause(pauseMs);
    }
    await client?.end().catch(() => undefined);
  }
}
