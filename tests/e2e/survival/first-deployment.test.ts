import { setTimeout as pause } from "node:timers/promises";
import { inventory } from "../../../sandbox/control";
import { randomFrom } from "../../../sandbox/seeded-random";
import { query } from "../support/clients";
import { deployMs } from "../support/fleet";
import { balance, countDeclared } from "../support/inventory";
import { eventually, processesOf, startedWith } from "../support/processes";
import { nameOf, SmallFleet } from "../support/small-fleet";

// `pulumi up` is killed while it makes the fleet for the first time: when so and so many things are in the account, drawn
// by lot. What a user does then is what docs/operations.md says: `fleet recover`, and `pulumi up` again.

const seed = Number(process.env.SURVIVAL_SEED ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
/** Within how many things more the next kill comes, one number a kill. The whole fleet is about 55. */
const withinNext = [8, 35];
/** And up to this much later, in milliseconds. */
const longestPause = 300;

const fleet = new SmallFleet(1);

jest.setTimeout(3 * deployMs);
beforeAll(async () => {
  process.stdout.write(`SURVIVAL_SEED=${seed} draws the same moments again\n`);
  await fleet.startSandbox();
  await fleet.mustPulumi(["stack", "select", "--create", "--stack", "local"]);
});
afterAll(() => fleet.close());

const things = async () => countDeclared((await inventory({ dir: fleet.sandbox })).account);

/** Starts `up`, kills the engine when the account holds so many things, and recovers. */
async function killedAt(count: number): Promise<string[]> {
  const running = fleet.startUp(1);
  let ended = false;
  void running.ended.then(() => {
    ended = true;
  });
  while (!ended && (await things()) < count) await pause(20);
  await pause(random() * longestPause);
  running.kill();
  await running.ended;
  const { adopted, unknown } = JSON.parse((await fleet.mustFleet(["recover", "--json"])).stdout) as {
    adopted: object;
    unknown: string[];
  };
  expect(unknown).toEqual([]);
  return Object.keys(adopted).map(nameOf);
}

test("killed at moments drawn by lot, each time recovered, the next `up` completes the fleet", async () => {
  for (const within of withinNext) {
    const count = (await things()) + Math.ceil(random() * within);
    const adopted = await killedAt(count);
    process.stdout.write(`killed at ${count} things; found made: ${adopted.join(", ") || "nothing"}\n`);
  }
  await fleet.mustUp();
  const { found, expected } = await balance(fleet);
  expect(found).toEqual(expected);
});

test("what came of it is whole: readers read, and there is nothing left to do", async () => {
  expect(await query(await fleet.reader(), "select count(*) from airline.airline.dim_airport")).toHaveLength(1);
  expect(await fleet.repair()).toEqual([]);
});

const withProc = process.platform === "linux" ? test : test.skip;
withProc("no process of the killed engines is left", async () => {
  const ofSandbox = new Set(processesOf(fleet.sandbox).map(({ pid }) => pid));
  const left = async () => startedWith(fleet.directory).filter((pid) => !ofSandbox.has(pid));
  await eventually(left, (pids) => pids.length === 0, 30_000);
});
