import { setTimeout as pause } from "node:timers/promises";
import { addFault, clearFaults, faults, status } from "../../../sandbox/control";
import { randomFrom } from "../../../sandbox/seeded-random";
import { type Login, query } from "../support/clients";
import { deployMs } from "../support/fleet";
import { balance } from "../support/inventory";
import { eventually } from "../support/processes";
import { nameOf, SmallFleet } from "../support/small-fleet";
import { Writer } from "../support/writer";

// AWS refuses calls: for a while, which `up` sits out, or for good, which it says and goes on from the next time. Then
// `pulumi up` is killed while it grows or shrinks the pool, at moments drawn by lot; now and then the whole sandbox with
// it. What a user does then is what docs/operations.md says: `fleet recover`, and `pulumi up` again.

const seed = Number(process.env.SURVIVAL_SEED ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
/** Kills before each `up` that is left alone. */
const killsEach = [5, 5];

const fleet = new SmallFleet(1);
const dir = fleet.sandbox;

jest.setTimeout(3 * deployMs);
beforeAll(async () => {
  process.stdout.write(`SURVIVAL_SEED=${seed} draws the same moments again\n`);
  await fleet.deploy();
});
afterAll(() => fleet.close());

async function expectWhole(): Promise<void> {
  const { found, expected } = await balance(fleet);
  expect(found).toEqual(expected);
}

describe("refused by AWS", () => {
  afterEach(() => clearFaults({ dir }));

  test("APIs that throttle in bursts only make it slower", async () => {
    await Promise.all([
      addFault({ dir, fault: { service: "redshift-serverless", kind: "throttle", from: 3, count: 15 } }),
      addFault({ dir, fault: { service: "redshift-data", kind: "throttle", from: 2, count: 10 } }),
      addFault({ dir, fault: { service: "elasticloadbalancing", kind: "throttle", count: 6 } }),
      addFault({
        dir,
        fault: { service: "redshift-serverless", operation: "CreateWorkgroup", kind: "fail", count: 1 },
      }),
      addFault({ dir, fault: { service: "redshift-data", kind: "delay", ms: 500, from: 20, count: 5 } }),
    ]);
    await fleet.mustUp(2);
    const spared = (await faults({ dir })).filter(({ seen, from = 1, count = 0 }) => seen < from + count - 1);
    expect(spared).toEqual([]);
    await clearFaults({ dir });
    await expectWhole();
  });

  test("an API that refuses for good: up says which resource, what and why", async () => {
    const message = "User: fleet is not authorized to perform: redshift-serverless:CreateEndpointAccess";
    const fault = { operation: "CreateEndpointAccess", kind: "fail", code: "AccessDeniedException", message } as const;
    await addFault({ dir, fault: { ...fault, httpStatus: 403, from: 2 } });
    const refused = await fleet.up(3);
    expect(refused.code).not.toBe(0);
    const said = refused.stdout + refused.stderr;
    expect(said).toMatch(/EndpointAccess \(pool-3-[abc]\)/);
    expect(said).toContain(`AccessDeniedException: ${message}`);
  });

  test("when that is allowed it goes on, and SQL that is refused for good stops it further on", async () => {
    const message = "User: fleet is not authorized to perform: redshift-data:BatchExecuteStatement";
    const fault = { service: "redshift-data", operation: "BatchExecuteStatement" } as const;
    await addFault({ dir, fault: { ...fault, kind: "fail", code: "AccessDeniedException", message, httpStatus: 403 } });
    const refused = await fleet.up(3);
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(
      /ReaderAccess \(readers-on-pool-3\)(.|\n)*not authorized to perform/,
    );
  });

  test("when everything is allowed the next time completes it", async () => {
    await fleet.mustUp(3);
    await expectWhole();
  });

  test("shrinking under throttling gives back everything", async () => {
    await addFault({ dir, fault: { service: "redshift-serverless", kind: "throttle", from: 2, count: 15 } });
    await fleet.mustUp(1);
    await clearFaults({ dir });
    await expectWhole();
  });
});

describe("killed", () => {
  let producer: Login;
  let writer: Writer;
  /** How long it takes to add a consumer, in milliseconds. Moments are drawn from the later part: the first is loading. */
  let spanMs: number;

  beforeAll(async () => {
    producer = await fleet.adminOf(fleet.warehouses().producer);
    await query(producer, "create table airline.kept (id int)");
    writer = new Writer(producer, "insert into airline.kept values");
  });
  afterAll(() => writer?.stop());

  /** Starts `up` towards a pool of this size and kills the engine, and at times the sandbox, in the middle. */
  async function killedUp(size: number, sandboxToo: boolean): Promise<string> {
    const moment = Math.round((0.4 + 0.6 * random()) * spanMs);
    const running = fleet.startUp(size);
    await pause(moment);
    const sandbox = sandboxToo ? await status({ dir }) : undefined;
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
    const { id } = await addFault({ dir, fault: { operation, kind: "delay", ms: 60_000 } });
    const running = fleet.startUp(size);
    const asked = async () => (await faults({ dir })).find((fault) => fault.id === id)?.seen ?? 0;
    await eventually(asked, (seen) => seen > 0, deployMs);
    running.kill();
    await running.ended;
    await clearFaults({ dir, id });
    const { adopted } = JSON.parse((await fleet.mustFleet(["recover", "--json"])).stdout) as { adopted: object };
    return Object.keys(adopted).map(nameOf);
  }

  test("what was made when `up` was killed is taken in, not made twice", async () => {
    expect(await killedWhileAsking(2, "GetNamespace")).toEqual(["pool-2-namespace"]);
    expect(await killedWhileAsking(2, "GetWorkgroup")).toEqual(["pool-2-workgroup"]);
    expect((await killedWhileAsking(2, "GetEndpointAccess")).sort()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^pool-2-[abc]$/)]),
    );
    const started = Date.now();
    await fleet.mustUp(3);
    spanMs = Date.now() - started;
    await expectWhole();
  });

  test.each(killsEach.map((kills, index) => [index + 1, kills, index % 2 === 0 ? 1 : 3]))(
    "round %i: killed %i times on the way to a pool of %i, the next `up` gets there",
    async (round, kills, size) => {
      const moments: string[] = [];
      for (let kill = 0; kill < kills; kill++) moments.push(await killedUp(size, (round + kill) % 3 === 0));
      process.stdout.write(`round ${round}: killed at ${moments.join("; ")}\n`);
      await fleet.mustUp(size);
      await expectWhole();
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
});
