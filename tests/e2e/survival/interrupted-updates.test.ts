import { addFault, calls, clearFaults, faults, status } from "../../../sandbox/control";
import { randomFrom } from "../../../sandbox/seeded-random";
import { type Login, query } from "../support/clients";
import { deployMs } from "../support/fleet";
import { balance } from "../support/inventory";
import { eventually } from "../support/processes";
import { nameOf, SmallFleet } from "../support/small-fleet";
import { Writer } from "../support/writer";

// AWS refuses calls: for a while, which `up` sits out, or for good, which it says and goes on from the next time. Then
// `pulumi up` is killed while it grows or shrinks the pool, in the middle of calls drawn by lot; now and then the whole
// sandbox with it. What a user does then is what docs/operations.md says: `fleet recover`, and `pulumi up` again.

const seed = Number(process.env.SURVIVAL_SEED ?? Date.now() % 1_000_000);
const random = randomFrom(seed);

const fleet = new SmallFleet(1);
const dir = fleet.sandbox;
/** How many calls of AWS's it takes to add a consumer. */
let callsToGrow: number;

jest.setTimeout(3 * deployMs);
beforeAll(async () => {
  process.stdout.write(`SURVIVAL_SEED=${seed} draws the same moments again\n`);
  await fleet.deploy();
});
afterAll(() => fleet.close());

const callsSoFar = async () => Object.values(await calls({ dir })).reduce((sum, count) => sum + count, 0);

async function expectWhole(): Promise<void> {
  const { found, expected } = await balance(fleet);
  expect(found).toEqual(expected);
}

describe("refused by AWS", () => {
  afterEach(() => clearFaults({ dir }));

  test("APIs that throttle in bursts only make it slower", async () => {
    const before = await callsSoFar();
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
    const asked = await faults({ dir });
    expect(asked.filter(({ seen, from = 1, count = 0 }) => seen < from + count - 1)).toEqual([]);
    const refused = asked.reduce((sum, { kind, count = 0 }) => sum + (kind === "delay" ? 0 : count), 0);
    callsToGrow = (await callsSoFar()) - before - refused;
    await clearFaults({ dir });
    await expectWhole();
  });

  test("calls and SQL that are refused for good: up says which resources, what and why", async () => {
    const message = (action: string) => `User: fleet is not authorized to perform: ${action}`;
    const denied = { kind: "fail", code: "AccessDeniedException", httpStatus: 403 } as const;
    const [endpoint, statement] = ["redshift-serverless:CreateEndpointAccess", "redshift-data:BatchExecuteStatement"];
    for (const [action, from] of [
      [endpoint, 2],
      [statement, 1],
    ] as const) {
      const [service, operation] = action.split(":");
      await addFault({ dir, fault: { ...denied, service, operation, message: message(action), from } });
    }
    // What does not depend on the first refused is tried all the same, so that one update shows both.
    const refused = await fleet.up(3, "--continue-on-error");
    expect(refused.code).not.toBe(0);
    const said = refused.stdout + refused.stderr;
    expect(said).toMatch(/EndpointAccess \(pool-3-[abc]\)/);
    expect(said).toContain(`AccessDeniedException: ${message(endpoint)}`);
    expect(said).toMatch(/ReaderAccess \(readers-on-pool-3\)(.|\n)*not authorized to perform/);
  });
});

describe("killed", () => {
  let producer: Login;
  let writer: Writer;

  beforeAll(async () => {
    producer = await fleet.adminOf(fleet.warehouses().producer);
    await query(producer, "create table airline.kept (id int)");
    writer = new Writer(producer, "insert into airline.kept values");
  });
  afterAll(() => writer?.stop());
  afterEach(() => clearFaults({ dir }));

  /**
   * Starts `up` towards a pool of this size and kills it, and the sandbox if that is wanted, when a call has come; calls
   * from there on are carried out when nobody hears of it any more. @returns what `fleet recover` found made
   */
  async function killedAt(
    size: number,
    call: { operation?: string; from?: number },
    sandboxToo = false,
  ): Promise<string[]> {
    const { id } = await addFault({ dir, fault: { ...call, kind: "hang" } });
    const running = fleet.startUp(size);
    const ended = running.ended.then(() => Number.POSITIVE_INFINITY);
    const seen = async () => (await faults({ dir })).find((fault) => fault.id === id)?.seen ?? 0;
    await eventually(
      () => Promise.race([ended, seen()]),
      (count) => count >= (call.from ?? 1),
      deployMs,
    );
    const sandbox = sandboxToo ? await status({ dir }) : undefined;
    running.kill();
    if (sandbox) process.kill(sandbox.pid, "SIGKILL");
    await running.ended;
    if (sandbox) await fleet.startSandbox();
    await clearFaults({ dir });
    const { adopted } = JSON.parse((await fleet.mustFleet(["recover", "--json"])).stdout) as { adopted: object };
    return Object.keys(adopted).map(nameOf);
  }

  /** Kills `up` in the middle of calls drawn by lot. */
  async function killedByLot(size: number, kills: readonly ("engine" | "sandbox too")[]): Promise<void> {
    for (const kill of kills) {
      const from = 1 + Math.floor(random() * callsToGrow);
      const found = await killedAt(size, { from }, kill === "sandbox too");
      process.stdout.write(`killed at call ${from} of about ${callsToGrow} (${kill}); found made: ${found.length}\n`);
    }
  }

  test("what was made when `up` was killed is taken in, not made twice; what was refused before is made", async () => {
    // Of pool-3, which was not completed, things are made at the same time.
    const killedWhileAsking = async (operation: string) =>
      (await killedAt(4, { operation })).filter((name) => name.startsWith("pool-4"));
    expect(await killedWhileAsking("GetNamespace")).toEqual(["pool-4-namespace"]);
    expect(await killedWhileAsking("GetWorkgroup")).toEqual(["pool-4-workgroup"]);
    expect(await killedAt(4, { operation: "GetEndpointAccess" })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^pool-[34]-[abc]$/)]),
    );
  });

  test("growing: killed at calls drawn by lot, the next `up` gets there", async () => {
    await killedByLot(5, ["engine", "sandbox too"]);
    await fleet.mustUp(5);
    await expectWhole();
  });

  test("shrinking: killed at calls drawn by lot, the next `up` gives back everything, though it is throttled", async () => {
    await killedByLot(1, ["sandbox too"]);
    await addFault({ dir, fault: { service: "redshift-serverless", kind: "throttle", from: 2, count: 15 } });
    await fleet.mustUp(1);
    await clearFaults({ dir });
    await expectWhole();
  });

  test("no committed row was lost, and every consumer shows them all", async () => {
    await writer.stop();
    expect(writer.committed.length).toBeGreaterThan(100);
    const kept = async (login: Login, table: string) =>
      new Set((await query(login, `select id from ${table}`)).map(([id]) => Number(id)));
    for (const rows of [await kept(producer, "airline.kept"), await kept(await fleet.reader(), "airline.airline.kept")])
      expect(writer.committed.filter((id) => !rows.has(id))).toEqual([]);
  });
});
