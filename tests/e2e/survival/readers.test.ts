import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { addFault, clearFaults } from "../../../sandbox/control";
import { connect, type Login, spread } from "../support/clients";
import { deployMs } from "../support/fleet";
import { targets } from "../support/rotation";
import { SmallFleet } from "../support/small-fleet";
import { faithful, persistent, reconnecting, Traffic } from "../support/traffic";

// Readers query through the balancer from beginning to end, while the fleet behind it grows, shrinks and is exchanged.

/** Six seconds of draining here: time enough for the query that is open then. */
const fleet = new SmallFleet(3, { deregistrationDelaySeconds: 180, healthCheckIntervalSeconds: 15 });
let login: Login;
let sql: string;
const running: Traffic[] = [];

jest.setTimeout(2 * deployMs);
beforeAll(async () => {
  await fleet.deploy();
  login = await fleet.reader();
  const [share] = (await fleet.outputs()).datashares;
  // Who answers, and proof that the shared data can be read there.
  sql = `select current_namespace from (select count(*) from ${share?.consumerDatabase}.${share?.schemas[0]}.dim_airport) t`;
});
afterEach(() => Promise.all(running.splice(0).map((traffic) => traffic.stop())));
afterAll(() => fleet.close());

function read(habits: typeof faithful, readers: number): Traffic {
  const traffic = new Traffic(login, sql, habits, readers);
  running.push(traffic);
  return traffic;
}

const pool = async () => (await fleet.outputs()).consumers;
const members = async () => (await pool()).map(({ namespaceId }) => namespaceId).sort();

test("3 → 5: nobody sees a failed query, not even on connections that are never given up", async () => {
  const traffic = [read(faithful, 3), read(reconnecting, 3)];
  await Promise.all(traffic.map((each) => each.flow(30)));
  // Whoever enters the rotation before its readers are there is found out.
  const slow = { service: "redshift-data", operation: "BatchExecuteStatement", kind: "delay", ms: 3_000 } as const;
  const { id } = await addFault({ dir: fleet.sandbox, fault: slow });
  await fleet.mustUp(5);
  await clearFaults({ dir: fleet.sandbox, id });
  await Promise.all(traffic.map((each) => each.flow(60)));
  await Promise.all(traffic.map((each) => each.stop()));
  expect(traffic.map(({ failures }) => failures)).toEqual([[], []]);
  expect(await members()).toHaveLength(5);
  const [, newcomers] = traffic;
  expect([...newcomers!.served.keys()].sort()).toEqual(await members());
});

/** How long the question takes that is open while its server leaves, in seconds: most of the draining. */
const longQuestion = 4;

/** Asks on one connection until its server leaves the rotation; then a long question, and whether the data is there. */
async function askUntilLeaving(client: Client, addresses: readonly string[]): Promise<void> {
  const deadline = Date.now() + deployMs;
  while (!(await isLeaving(addresses))) {
    if (Date.now() > deadline) throw new Error(`${addresses.join(", ")} did not leave within ${deployMs} ms`);
    await client.query("select pg_sleep(0.1)");
    await pause(50);
  }
  await client.query(`select pg_sleep(${longQuestion})`);
  await client.query(sql);
}

async function isLeaving(addresses: readonly string[]): Promise<boolean> {
  const states = (await targets(fleet)).filter(({ address }) => addresses.includes(address));
  return states.every(({ state }) => state === "draining");
}

/** One connection through the balancer to each of these consumers. */
async function connectToEach(namespaces: readonly string[]): Promise<Map<string, Client>> {
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
async function askedThrough(
  consumers: readonly { namespaceId: string; addresses: string[] }[],
  change: () => Promise<unknown>,
): Promise<void> {
  const clients = await connectToEach(consumers.map(({ namespaceId }) => namespaceId));
  const asked = consumers.map(({ namespaceId, addresses }) => askUntilLeaving(clients.get(namespaceId)!, addresses));
  // All come to their end before one of them fails the test: the next one changes the same fleet.
  const ends = await Promise.allSettled([change(), ...asked]);
  for (const client of clients.values()) await client.end().catch(() => undefined);
  expect(ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason)] : []))).toEqual([]);
}

test("5 → 2: nobody who reconnects sees a failed query, and queries that run come to their end", async () => {
  const leaving = (await pool()).slice(2);
  const traffic = [read(reconnecting, 3), read(persistent, 3)];
  await Promise.all(traffic.map((each) => each.flow(30)));
  await askedThrough(leaving, () => fleet.mustUp(2));
  await Promise.all(traffic.map((each) => each.flow(30)));
  await Promise.all(traffic.map((each) => each.stop()));
  expect(traffic.map(({ failures }) => failures)).toEqual([[], []]);
  // What was kept open through the draining was cut at its end, and only that.
  expect(traffic[1]!.reconnections).toBeGreaterThan(0);
  expect([...(await spread(login, 20)).keys()].sort()).toEqual(await members());
});

test("every consumer replaced in turn: nobody who reconnects sees a failed query, and running ones end", async () => {
  const before = await members();
  const traffic = [read(reconnecting, 3), read(persistent, 3)];
  await Promise.all(traffic.map((each) => each.flow(30)));
  await askedThrough(await pool(), () =>
    fleet.mustUp(2, (config) => {
      config.pool = { ...config.pool, generation: 2, creationLanes: 1 };
    }),
  );
  await Promise.all(traffic.map((each) => each.flow(60)));
  await Promise.all(traffic.map((each) => each.stop()));
  expect(traffic.map(({ failures }) => failures)).toEqual([[], []]);
  const after = await members();
  expect(after).toHaveLength(2);
  expect(after.filter((namespace) => before.includes(namespace))).toEqual([]);
  expect([...(await spread(login, 20)).keys()].sort()).toEqual(after);
});
