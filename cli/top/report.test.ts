import { topReport } from "./report";

const session = (id: number, user: string) => ({ id, user, database: "fleet", since: "2026-01-02 03:04:05.678" });
const query = (user: string, status: string, elapsed: number, text: string) => ({
  ...{ session: 1, database: "fleet", queued: 0, user, status, elapsed, text },
});
const all = [
  { warehouse: "producer", sessions: [], queries: [] },
  {
    warehouse: "pool-1",
    sessions: [session(1, "analyst"), session(2, "analyst"), session(3, "finance")],
    queries: [
      query("analyst", "running", 75, `select *\nfrom ${"x".repeat(200)}`),
      query("finance", "queued", 2, "select 2"),
    ],
  },
  { warehouse: "pool-2", error: "workgroup pool-2 does not answer" },
];
const told = (sessions: boolean) => topReport(all, { width: 80, sessions });

test("each warehouse has a line with who is connected and what it does", () => {
  expect(told(false)).toMatch(/^producer +0 +0 +nobody *$/m);
  expect(told(false)).toMatch(/^pool-1 +1 +1 +1 min 15 s +analyst ×2, finance *$/m);
  expect(told(false)).toMatch(/^pool-2 +\? +workgroup pool-2 does not answer *$/m);
  expect(told(false)).toMatch(/^pool-1 +finance +queued +2\.0 s +select 2 *$/m);
});

test("a query is one line of a terminal, and sessions come when they are asked for", () => {
  for (const sessions of [false, true])
    expect(
      Math.max(
        ...told(sessions)
          .split("\n")
          .map((line) => line.trimEnd().length),
      ),
    ).toBeLessThanOrEqual(80);
  expect(told(false)).not.toContain("since");
  expect(told(true)).toMatch(/^pool-1 +3 +finance +fleet +2026-01-02 03:04:05 *$/m);
});

test("it says so where nothing runs", () => {
  expect(topReport([all[0]!], { width: 80, sessions: false })).toContain("No query runs.");
});
