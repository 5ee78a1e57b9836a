import { Client } from "pg";

export interface Login {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
}

/** Connects as applications do: TLS on, the sandbox's own certificate accepted, keepalives as the guide has them. */
export async function connect(login: Login): Promise<Client> {
  const client = new Client({
    ...login,
    ssl: { rejectUnauthorized: false },
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
    connectionTimeoutMillis: 15_000,
  });
  // A connection that the server ends is a failed query to tests, not an unhandled error.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** One connection for one statement; the rows as arrays of text or numbers. */
export async function query(login: Login, sql: string): Promise<unknown[][]> {
  const client = await connect(login);
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

/** Who served each of a number of new connections: namespace → how many. */
export async function spread(login: Login, connections: number, atOnce = 10): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let started = 0;
  const worker = async () => {
    while (started++ < connections) {
      const [[namespace] = []] = await query(login, "select current_namespace");
      counts.set(String(namespace), (counts.get(String(namespace)) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return counts;
}
