import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { connect, type Login } from "./clients";
import { deployMs, type Fleet } from "./fleet";
import { targets } from "./rotation";

/** Readers at a fleet's balanced address, and the question that they ask. */
interface Readers {
  fleet: Fleet;
  login: Login;
  sql: string;
}

/** How long the question takes that is open while its server leaves, in seconds: most of the draining. */
const longQuestion = 4;

/** Asks on one connection until its server leaves the rotation; then a long question, and whether the data is there. */
async function askUntilLeaving({ fleet, sql }: Readers, client: Client, addresses: readonly string[]): Promise<void> {
  const deadline = Date.now() + deployMs;
  while (!(await isLeaving(fleet, addresses))) {
    if (Date.now() > deadline) throw new Error(`${addresses.join(", ")} did not leave within ${deployMs} ms`);
    await client.query("select pg_sleep(0.1)");
    await pause(200);
  }
  await client.query(`select pg_sleep(${longQuestion})`);
  await client.query(sql);
}

async function isLeaving(fleet: Fleet, addresses: readonly string[]): Promise<boolean> {
  const states = (await targets(fleet)).filter(({ address }) => addresses.includes(address));
  return states.every(({ state }) => state === "draining");
}

/** One connection through the balancer to each of these consumers. */
async function connectToEach(login: Login, namespaces: readonly string[]): Promise<Map<string, Client>> {
  const clients = new Map<string, Client>();
  const deadline = Date.now() + 60_000;
  while (clients.size < namespaces.length) {
    if (Date.now() > deadline) throw new Error(`the balancer leads to ${[...clients.keys()]}, not to ${namespaces}`);
    const client = await connect(login);
    const namespace = String((await client.query("select current_namespace as id")).rows[0].id);
    if (!namespaces.includes(namespace) || clients.has(namespace)) await client.end();
    else clients.set(namespace, client);
  }
  return clients;
}

/** Makes a change while each of these consumers is asked until it leaves, on a connection of its own. */
export async function askedThrough(
  readers: Readers,
  consumers: readonly { namespaceId: string; addresses: string[] }[],
  change: () => Promise<unknown>,
): Promise<void> {
  const clients = await connectToEach(
    readers.login,
    consumers.map(({ namespaceId }) => namespaceId),
  );
  const asked = consumers.map(({ namespaceId, addresses }) =>
    askUntilLeaving(readers, clients.get(namespaceId)!, addresses),
  );
  // All come to their end before one of them fails the test: the next one changes the same fleet.
  const ends = await Promise.allSettled([change(), ...asked]);
  for (const client of clients.values()) await client.end().catch(() => undefined);
  expect(ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason)] : []))).toEqual([]);
}
