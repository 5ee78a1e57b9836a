import { kill, moveEndpoint, revive, status } from "../../../sandbox/control";
import { type Login, query, spread } from "../support/clients";
import { deployMs } from "../support/fleet";
import { eventually } from "../support/processes";
import { targets } from "../support/rotation";
import { nameOf, SmallFleet } from "../support/small-fleet";
import { persistent, Traffic } from "../support/traffic";

// Consumers, zones and addresses fail under readers who do not know about any of it.

const intervalSeconds = 60;
/** The sandbox's balancer counts thirty seconds for one of AWS's. */
const scale = 1_000 / 30;
/** Two failed checks, each of which may have to wait for an answer. Plus what a busy machine takes to notice. */
const windowMs = 2 * (intervalSeconds + 10) * scale;
const slackMs = 1_500;

const fleet = new SmallFleet(2, { healthCheckIntervalSeconds: intervalSeconds });
let login: Login;
let consumers: { name: string; namespaceId: string; addresses: string[]; workgroup: string }[];
let sql: string;
const running: Traffic[] = [];

jest.setTimeout(2 * deployMs);
beforeAll(async () => {
  await fleet.deploy();
  login = await fleet.reader();
  const outputs = await fleet.outputs();
  const workgroups = (await status({ dir: fleet.sandbox }))!.workgroups;
  consumers = outputs.consumers.map(({ name, namespaceId, addresses }) => ({
    name,
    namespaceId,
    addresses,
    workgroup: workgroups.find((workgroup) => workgroup.namespaceId === namespaceId)!.name,
  }));
  const [share] = outputs.datashares;
  sql = `select current_namespace from (select count(*) from ${share?.consumerDatabase}.${share?.schemas[0]}.dim_airport) t`;
});
// Also where a test fails: readers that go on would keep this process for ever.
afterEach(() => Promise.all(running.splice(0).map((traffic) => traffic.stop())));
afterAll(() => fleet.close());

/** Readers that never give up a connection, nor a question when it is lost. */
function read(): Traffic {
  const traffic = new Traffic(login, sql, { ...persistent, retries: 8 }, 3);
  running.push(traffic);
  return traffic;
}

const all = () => consumers.map(({ namespaceId }) => namespaceId).sort();
const serving = async (connections = 20) => [...(await spread(login, connections)).keys()].sort();

/** Milliseconds until all these targets are in the state. */
async function until(state: string, addresses: readonly string[], deadlineMs: number): Promise<number> {
  const since = Date.now();
  const of = async () => (await targets(fleet)).filter(({ address }) => addresses.includes(address));
  await eventually(of, (found) => found.every((target) => target.state === state), deadlineMs);
  return Date.now() - since;
}

test("a killed consumer leaves the rotation within the health check's window, and comes back", async () => {
  const [victim, other] = consumers as [(typeof consumers)[0], (typeof consumers)[0]];
  await until("healthy", [...victim.addresses, ...other.addresses], 30_000);
  const traffic = read();
  await traffic.reach(all());
  await kill({ dir: fleet.sandbox, target: victim.workgroup });
  expect(await until("unhealthy", victim.addresses, 30_000)).toBeLessThan(windowMs + slackMs);
  expect(await serving()).toEqual([other.namespaceId]);
  await revive({ dir: fleet.sandbox, target: victim.workgroup });
  expect(await until("healthy", victim.addresses, 30_000)).toBeLessThan(windowMs + slackMs);
  expect(await serving()).toEqual(all());
  await traffic.stop();
  // The connections to the victim were lost, and not one question with them.
  expect(traffic.reconnections).toBeGreaterThan(0);
  expect(traffic.failures).toEqual([]);
});

test("a zone is lost: readers go on, from every consumer", async () => {
  const traffic = read();
  await traffic.flow(20);
  await kill({ dir: fleet.sandbox, target: "zone:us-east-1b" });
  const lost = async () => (await targets(fleet)).filter(({ state }) => state === "unhealthy").length;
  await eventually(lost, (count) => count === consumers.length, windowMs + slackMs);
  expect(await serving()).toEqual(all());
  await revive({ dir: fleet.sandbox, target: "zone:us-east-1b" });
  await eventually(lost, (count) => count === 0, windowMs + slackMs);
  await traffic.flow(20);
  await traffic.stop();
  expect(traffic.failures).toEqual([]);
});

test("an endpoint's address changes: refresh shows it, up mends it", async () => {
  const [moved] = consumers;
  const endpoint = async () => (await fleet.state()).find(({ urn }) => nameOf(urn) === `${moved!.name}-a`)!;
  const before = await endpoint();
  await moveEndpoint({ dir: fleet.sandbox, endpointName: before.id! });
  // The engine prints what differs from the program's own wishes; an address is none of these, so it stands in the state.
  await fleet.refreshChanges();
  expect((await endpoint()).outputs?.address).not.toBe(before.outputs?.address);
  // The new address enters before the old one goes, and the gate stands between.
  const mended = (await fleet.upChanges()).filter((change) => !change.includes("verify"));
  expect(mended).toEqual(
    ["create-replacement", "delete-replaced", "replace"].flatMap((step) => [
      `${step} rotation-${moved!.name}`,
      `${step} rotation-${moved!.name}-a`,
    ]),
  );
  const addresses = (await fleet.outputs()).consumers.flatMap((consumer) => consumer.addresses).sort();
  expect(addresses).not.toEqual(consumers.flatMap((consumer) => consumer.addresses).sort());
  const registered = async () => (await targets(fleet)).filter(({ state }) => state === "healthy");
  const found = await eventually(registered, (healthy) => healthy.length === 6, 30_000);
  expect(found.map(({ address }) => address).sort()).toEqual(addresses);
  expect(await fleet.refreshChanges()).toEqual([]);
  expect(await query(login, sql)).toHaveLength(1);
});
