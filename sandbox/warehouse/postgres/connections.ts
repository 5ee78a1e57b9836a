import type { Client } from "pg";
import type { Cluster } from "./cluster";

const idleTime = 5_000;

/**
 * The warehouse's own connections to one server, one a database, used by one task at a time and closed soon after: a fleet
 * is many servers, and each open connection is a process.
 */
export class ControlConnections {
  private readonly open = new Map<string, { client: Client; timer?: NodeJS.Timeout }>();
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly cluster: Cluster) {}

  /** Runs `task` with a connection to `database`, after the tasks before it. */
  use<T>(database: string, task: (client: Client) => Promise<T>): Promise<T> {
    const turn = (this.turns.get(database) ?? Promise.resolve()).then(() => this.run(database, task));
    this.turns.set(
      database,
      turn.catch(() => {}),
    );
    return turn;
  }

  /** Closes all connections that are not in use. */
  async close(): Promise<void> {
    const clients = [...this.open.values()];
    this.open.clear();
    for (const { client, timer } of clients) {
      clearTimeout(timer);
      await client.end().catch(() => {});
    }
  }

  /** Closes the connection to one database, so that the database can be dropped. */
  async leave(database: string): Promise<void> {
    const entry = this.open.get(database);
    this.open.delete(database);
    clearTimeout(entry?.timer);
    await entry?.client.end().catch(() => {});
  }

  private async run<T>(database: string, task: (client: Client) => Promise<T>): Promise<T> {
    const reused = this.open.get(database);
    this.open.delete(database);
    clearTimeout(reused?.timer);
    let client = reused?.client;
    // A connection kept from before may have died with its server.
    if (
      client &&
      !(await client.query("").then(
        () => true,
        () => false,
      ))
    ) {
      await client.end().catch(() => {});
      client = undefined;
    }
    client ??= await this.cluster.connect(database);
    try {
      const result = await task(client);
      this.keep(database, client);
      return result;
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
  }

  private keep(database: string, client: Client): void {
    const timer = setTimeout(() => void this.leave(database), idleTime);
    timer.unref();
    this.open.set(database, { client, timer });
  }
}
