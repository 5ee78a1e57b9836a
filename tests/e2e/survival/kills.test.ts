import { setTimeout as pause } from "node:timers/promises";
import { addFault, clearFaults, faults, status } from "../../../sandbox/control";
import { type Login, query } from "../support/clients";
import { deployMs } from "../support/fleet";
import { balance } from "../support/inventory";
import { eventually } from "../support/processes";
import { randomFrom } from "../support/random";
import { nameOf, SmallFleet } from "../support/small-fleet";
import { Writer } from "../support/writer";

// `pulumi up` is killed while it grows or shrinks the pool, at moments drawn by lot; now and then the whole sandbox with
// it. What a user does then is what docs/operations.md says: `fleet recover`, and `pulumi up` again.

const seed = Number(process.env.SURVIVAL_SEED ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
/** Kills before each `up` that is left alone. */
const killsEach = [4, 3, 3];

const fleet = new SmallFleet(1);
let producer: Login;
let writer: Writer;
/** How long it takes to add a consumer, in milliseconds: moments are drawn from this span. */
let spanMs: number;

jest.setTimeout(3 * deployMs);
beforeAll(async () => {
  process.stdout.write(`SURVIVAL_SEED=${seed} draws the same moments again\n`);
  await fleet.deploy();
  producer = await fleet.adminOf((await fleet.warehouses()).producer);
  await query(producer, "create table airline.kept (id int)");
  writer = new Writer(producer, "insert into airline.kept values");
  const started = Date.now();
  await fleet.mustUp(2);
  spanMs = Date.now() - started;
});
afterAll(async () => {
  await writer?.stop();
  await fleet.close();
});

/** Starts `up` towards a pool of this size and kills the engine, and at times the sandbox, in the middle. */
async function killedUp(size: number, sandboxToo: boolean): Promise<string> {
  const moment = Math.round(random() * spanMs);
  const running = fleet.startUp(size);
  await pause(moment);
  const sandbox = sandboxToo ? await status({ dir: fleet.sandbox }) : undefined;
  const alive = running.kill();
  if (sandbox) process.kill(sandbox.pid, "SIGKILL");
  await running.ended;
  if (sandbox) await fleet.mustFleet(["sandbox", "start"]);
  const { adopted } = JSON.parse((await fleet.mustFleet(["recover", "--json"])).stdout) as { adopted: object };
  const found = Object.keys(adopted).length;
  return `${moment} ms${alive ? "" : " (it had ended)"}${sandboxToo ? ", sandbox too" : ""}, ${found} found made`;
}

/** Kills `up` while it waits to hear what became of something that it has just made. */
async function killedWhileAsking(size: number, operation: string): Promise<string[]> {
  const { id } = await addFault({ dir: fleet.sandbox, fault: { operation, kind: "delay", ms: 60_000 } });
  const running = fleet.startUp(size);
  const asked = async () => (await faults({ dir: fleet.sandbox })).find((fault) => fault.id === id)?.seen ?? 0;
  await eventually(asked, (seen) => seen > 0, deployMs);
  running.kill();
  await running.ended;
  await clearFaults({ dir: fleet.sandbox, id });
  const { adopted } = JSON.parse((await fleet.mustFleet(["recover", "--json"])).stdout) as { adopted: object };
  return Object.keys(adopted).map(nameOf);
}

test("what was made when `up` was killed is taken in, not made twice", async () => {
  expect(await killedWhileAsking(3, "GetNamespace")).toEqual(["pool-3-namespace"]);
  expect(await killedWhileAsking(3, "GetWorkgroup")).toEqual(["pool-3-workgroup"]);
  expect((await killedWhileAsking(3, "GetEndpointAccess")).sort()).toEqual(
    expect.arrayContaining([expect.stringMatching(/^pool-3-[abc]$/)]),
  );
  await fleet.mustUp(3);
  const { found, expected } = await balance(fleet);
  expect(found).toEqual(expected);
});

test.each(killsEach.map((kills, index) => [index + 1, kills, index % 2 === 0 ? 1 : 3]))(
  "round %i: killed %i times on the way to a pool of %i, the next `up` gets there",
  async (round, kills, size) => {
    const moments: string[] = [];
    for (let kill = 0; kill < kills; kill++) moments.push(await killedUp(size, (round + kill) % 3 === 0));
    process.stdout.write(`round ${round}: killed at ${moments.join("; ")}\n`);
    await fleet.mustUp(size);
    const { found, expected } = await balance(fleet);
    expect(found).toEqual(expected);
  },
);

test("no committed row was lost, and every consumer shows them all", async () => {
  await writer.stop();
  expect(writer.committed.length).toBeGreaterThan(100);
  const kept = async (login: Login, table: string) =>
    new Set((await query(login, `select id from ${table}`)).map(([id]) => Number(id)));
  for (const rows of [await kept(producer, "airline.kept"), await kept(await fleet.reader(), "airline.airline.kept")])
    expect(writer.committed.filter((id) => !rows.has(id))).toEqual([]);
});
