import type { ConsumerOutput } from "@redshift-fleet/redshift/fleet";
import { addFault, clearFaults, kill, moveEndpoint, revive } from "../../../sandbox/control";
import { type Login, query, spread } from "../support/clients";
import { deployMs } from "../support/fleet";
import { askedThrough } from "../support/open-questions";
import { eventually } from "../support/processes";
import { targets } from "../support/rotation";
import { nameOf, SmallFleet } from "../support/small-fleet";
import { faithful, persistent, reconnecting, Traffic } from "../support/traffic";

// Readers query through the balancer from beginning to end, while consumers, zones and addresses fail behind it, and while
// the fleet grows, shrinks and is exchanged.

const intervalSeconds = 60;
/** The sandbox's balancer counts thirty seconds for one of AWS's. */
const scale = 1_000 / 30;
/** Two failed checks, each of which may have to wait for an answer. Plus what a busy machine takes to notice. */
const windowMs = 2 * (intervalSeconds + 10) * scale;
const slackMs = 1_500;

/** Six seconds of draining here: time enough for the query that is open then. */
const fleet = new SmallFleet(3, { deregistrationDelaySeconds: 180, healthCheckIntervalSeconds: intervalSeconds });
let login: Login;
let sql: string;
const running: Traffic[] = [];

jest.setTimeout(2 * deployMs);
beforeAll(async () => {
  await fleet.deploy();
  login = await fleet.reader();
  const [share] = fleet.outputs().datashares;
  // Who answers, and proof that the shared data can be read there.
  sql = `select current_namespace from (select count(*) from ${share?.consumerDatabase}.${share?.schemas[0]}.dim_airport) t`;
});
// Also where a test fails: readers that go on would keep this process for ever.
afterEach(() => Promise.all(running.splice(0).map((traffic) => traffic.stop())));
afterAll(() => fleet.close());

function read(habits: typeof faithful, readers: number): Traffic {
  const traffic = new Traffic(login, sql, habits, readers);
  running.push(traffic);
  return traffic;
}

const pool = () => fleet.outputs().consumers;
const members = () =>
  pool()
    .map(({ namespaceId }) => namespaceId)
    .sort();

/** Never gives up a connection, nor a question when it is lost. */
const patient = { ...persistent, retries: 8 };

const serving = async (connections = 30) => [...(await spread(login, connections)).keys()].sort();

/** Milliseconds until all these targets are in the state. */
async function until(state: string, addresses: readonly string[], deadlineMs: number): Promise<number> {
  const since = Date.now();
  const of = async () => (await targets(fleet)).filter(({ address }) => addresses.includes(address));
  await eventually(of, (found) => found.every((target) => target.state === state), deadlineMs);
  return Date.now() - since;
}

test("a killed consumer leaves the rotation within the health check's window, and comes back", async () => {
  const [victim, ...others] = pool() as [ConsumerOutput, ...ConsumerOutput[]];
  const addresses = pool().flatMap((consumer) => consumer.addresses);
  await until("healthy", addresses, 30_000);
  const traffic = read(patient, 3);
  await traffic.reach(members());
  await kill({ dir: fleet.sandbox, target: victim.workgroup! });
  expect(await until("unhealthy", victim.addresses, 30_000)).toBeLessThan(windowMs + slackMs);
  expect(await serving()).toEqual(others.map(({ namespaceId }) => namespaceId).sort());
  await revive({ dir: fleet.sandbox, target: victim.workgroup! });
  expect(await until("healthy", victim.addresses, 30_000)).toBeLessThan(windowMs + slackMs);
  expect(await serving()).toEqual(members());
  await traffic.stop();
  // The connections to the victim were lost, and not one question with them.
  expect(traffic.reconnections).toBeGreaterThan(0);
  expect(traffic.failures).toEqual([]);
});

test("a zone is lost: readers go on, from every consumer", async () => {
  const traffic = read(patient, 3);
  await traffic.flow(20);
  await kill({ dir: fleet.sandbox, target: "zone:us-east-1b" });
  const lost = async () => (await targets(fleet)).filter(({ state }) => state === "unhealthy").length;
  await eventually(lost, (count) => count === pool().length, windowMs + slackMs);
  expect(await serving()).toEqual(members());
  await revive({ dir: fleet.sandbox, target: "zone:us-east-1b" });
  await eventually(lost, (count) => count === 0, windowMs + slackMs);
  await traffic.flow(20);
  await traffic.stop();
  expect(traffic.failures).toEqual([]);
});

test("an endpoint's address changes: an update that refreshes sees and mends it", async () => {
  const consumers = pool();
  const [moved] = consumers;
  const endpoint = () => fleet.state().find(({ urn }) => nameOf(urn) === `${moved!.name}-a`)!;
  const before = endpoint();
  await moveEndpoint({ dir: fleet.sandbox, endpointName: before.id! });
  // The new address enters, and is healthy, before the old one goes; gates stand between.
  const mended = (await fleet.repair()).filter((change) => !change.includes("verify"));
  expect(endpoint().outputs?.address).not.toBe(before.outputs?.address);
  expect(mended).toEqual([
    ...["create-replacement", "delete-replaced", "replace"].flatMap((step) => [
      `${step} rotation-${moved!.name}`,
      `${step} rotation-${moved!.name}-a`,
    ]),
    `update rotation-${moved!.name}-healthy`,
  ]);
  const addresses = pool()
    .flatMap((consumer) => consumer.addresses)
    .sort();
  expect(addresses).not.toEqual(consumers.flatMap((consumer) => consumer.addresses).sort());
  const registered = async () => (await targets(fleet)).filter(({ state }) => state === "healthy");
  const found = await eventually(registered, (healthy) => healthy.length === addresses.length, 30_000);
  expect(found.map(({ address }) => address).sort()).toEqual(addresses);
  expect(await fleet.refreshChanges()).toEqual([]);
  expect(await query(login, sql)).toHaveLength(1);
});

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
  expect(members()).toHaveLength(5);
  const [, newcomers] = traffic;
  expect([...newcomers!.served.keys()].sort()).toEqual(members());
});

test("5 → 2: nobody who reconnects sees a failed query, and queries that run come to their end", async () => {
  const leaving = pool().slice(2);
  const traffic = [read(reconnecting, 3), read(persistent, 3)];
  await Promise.all(traffic.map((each) => each.flow(30)));
  await askedThrough({ fleet, login, sql }, leaving, () => fleet.mustUp(2));
  await Promise.all(traffic.map((each) => each.flow(30)));
  await Promise.all(traffic.map((each) => each.stop()));
  expect(traffic.map(({ failures }) => failures)).toEqual([[], []]);
  // What was kept open through the draining was cut at its end, and only that.
  expect(traffic[1]!.reconnections).toBeGreaterThan(0);
  expect([...(await spread(login, 20)).keys()].sort()).toEqual(members());
});

test("every consumer replaced at once: nobody who reconnects sees a failed query, and running ones end", async () => {
  // Eight seconds here, as long as AWS may take: with targets that leave before their successors serve, nobody would.
  await fleet.restartSandbox({ REDSHIFT_FLEET_SANDBOX_REGISTRATION_SECONDS: "240" });
  await until(
    "healthy",
    pool().flatMap((consumer) => consumer.addresses),
    30_000,
  );
  const before = members();
  // What a reader owns on a consumer that is replaced goes with it.
  for (const consumer of fleet.warehouses().consumers) {
    const made = `grant create on schema public to "${login.user}";
      create table public.scratch (a int); alter table public.scratch owner to "${login.user}"`;
    await query(await fleet.adminOf(consumer), made);
  }
  const traffic = [read(reconnecting, 3), read(persistent, 3)];
  await Promise.all(traffic.map((each) => each.flow(30)));
  await askedThrough({ fleet, login, sql }, pool(), () =>
    fleet.mustUp(2, (config) => {
      config.pool = { ...config.pool, generation: 2 };
    }),
  );
  await Promise.all(traffic.map((each) => each.flow(60)));
  await Promise.all(traffic.map((each) => each.stop()));
  expect(traffic.map(({ failures }) => failures)).toEqual([[], []]);
  const after = members();
  expect(after).toHaveLength(2);
  expect(after.filter((namespace) => before.includes(namespace))).toEqual([]);
  expect([...(await spread(login, 20)).keys()].sort()).toEqual(after);
});
