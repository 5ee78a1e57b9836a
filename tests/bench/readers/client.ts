import { Client, type ClientConfig } from "pg";

/** What a reading process is told as its only argument, in JSON. */
export interface Reading {
  connect: ClientConfig;
  connections: number;
  milliseconds: number;
  sql: string;
}

/** Keeps every connection busy with the same query, and prints how many were answered in a second. */
async function read({ connect, connections, milliseconds, sql }: Reading): Promise<void> {
  const clients = Array.from({ length: connections }, () => new Client(connect));
  await Promise.all(clients.map((client) => client.connect()));
  const busy = async (until: number) => {
    let answered = 0;
    const worker = async (client: Client) => {
      while (performance.now() < until) {
        const { rowCount } = await client.query(sql);
        if (!rowCount) throw new Error(`no rows: ${sql}`);
        answered++;
      }
    };
    await Promise.all(clients.map(worker));
    return answered;
  };
  await busy(performance.now() + milliseconds / 4); // plans, caches and compiled code come to be
  const startedAt = performance.now();
  const answered = await busy(startedAt + milliseconds);
  console.log((1000 * answered) / (performance.now() - startedAt));
  await Promise.all(clients.map((client) => client.end()));
}

read(JSON.parse(process.argv[2] ?? "")).catch((error: unknown) => {
  console.error(error);
  process.exit(1); // connections are open
});
