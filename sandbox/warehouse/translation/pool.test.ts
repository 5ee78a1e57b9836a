import { defaultAssumptions } from "../../assumptions";
import { TranslationPool } from "./pool";
import type { Task } from "./worker";

const { build }: { build(packages: string[]): string[] } = require("../../../scripts/build.cjs");

beforeAll(() => void build(["sandbox"]));

const limits = { threads: 1, taskMs: 20_000, idleMs: 50, heapMiB: 256 };
const context = {
  database: "fleet",
  sharedDatabases: new Set<string>(),
  namespaceIds: new Set(["one"]),
  assumptions: defaultAssumptions,
  inTransaction: false,
};
const task = (sql: string): Task => ({ bytes: new TextEncoder().encode(sql), kind: "query", context });
const short = () => task("select nvl(1, 2)");
/** Seconds of work. */
const long = () => task(`select a from b where c in (${"nvl(1, 2), ".repeat(1_000_000)} 3)`);
const never = new AbortController().signal;
const none = async (pool: TranslationPool) => {
  for (const deadline = Date.now() + 10_000; pool.size > 0 && Date.now() < deadline; )
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(pool.size).toBe(0);
};

test("translates in one thread after the other, which ends when there is no more to do", async () => {
  const pool = new TranslationPool(limits);
  const done = await Promise.all([short(), short(), short()].map((one) => pool.run(one, never)));
  expect(done.map(({ bytes }) => Buffer.from(bytes!).toString())).toEqual(Array(3).fill("select coalesce(1, 2)"));
  await none(pool);
});

test("breaks off what takes too long, and goes on with the next", async () => {
  const pool = new TranslationPool({ ...limits, taskMs: 1_000 });
  const [slow, next] = [pool.run(long(), never), pool.run(short(), never)];
  await expect(slow).rejects.toMatchObject({ sqlstate: "54001", message: expect.stringContaining("longer than 1 s") });
  expect((await next).history).toBe("select nvl(1, 2)");
});

test("ends with its client, whether its text is under way or waits", async () => {
  const pool = new TranslationPool(limits);
  const clients = [new AbortController(), new AbortController()];
  const jobs = clients.map(({ signal }) => pool.run(long(), signal));
  for (const client of clients) client.abort();
  for (const job of jobs) await expect(job).rejects.toMatchObject({ sqlstate: "57014" });
  await none(pool);
  await expect(pool.run(short(), clients[0]!.signal)).rejects.toMatchObject({ sqlstate: "57014" });
  expect((await pool.run(short(), never)).history).toBe("select nvl(1, 2)");
});

test("says so when memory is not enough, and goes on with the next", async () => {
  const pool = new TranslationPool({ ...limits, heapMiB: 16 });
  const big = pool.run(task(`select nvl(1, 2) ${", 1".repeat(2_000_000)}`), never);
  await expect(big).rejects.toMatchObject({ sqlstate: "53200" });
  expect((await pool.run(short(), never)).history).toBe("select nvl(1, 2)");
});
