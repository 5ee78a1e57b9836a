import { stubApi } from "../testing/stub-api";
import { activity } from "./activity";

const now = Date.parse("2026-01-02T03:10:00Z");
const { api } = stubApi((sql) => {
  if (sql.includes("svv_user_info"))
    return [
      { user_id: 100, user_name: "admin", superuser: true },
      { user_id: 101, user_name: "analyst", superuser: false },
    ];
  if (sql.includes("sys_session_history")) {
    const session = (user_id: string, session_id: number, start_time: string) => ({
      ...{ user_id: user_id.padEnd(50), session_id, database_name: "fleet".padEnd(50), start_time },
    });
    return [
      session("101", 1, "2026-01-02 03:09:59.5"),
      session("100", 2, "2026-01-02 03:09:59.5"),
      session("100", 3, "2026-01-02 02:00:00"),
      session("999", 4, "2026-01-02 02:00:00"),
    ];
  }
  const query = (query_id: number | null, elapsed_time: number, query_text: string) => ({
    ...{ user_id: 101, query_id, session_id: 1, database_name: "fleet", status: "running    " },
    ...{ elapsed_time, queue_time: 500_000, query_text },
  });
  return [query(7, 1_500_000, "select 1"), query(null, 90_000_000, "select 2"), query(8, 1, sql)];
});

test("sessions have their users' names, and the session that asks is left out", async () => {
  const { sessions } = await activity(api, now);
  expect(sessions.map(({ id, user, database }) => `${id} ${user} ${database}`)).toEqual([
    "1 analyst fleet",
    "3 admin fleet",
    "4 user 999 fleet",
  ]);
});

test("queries come with the longest first, in seconds, without those that ask", async () => {
  const { queries } = await activity(api, now);
  expect(queries).toEqual([
    {
      ...{ id: undefined, session: 1, user: "analyst", database: "fleet", status: "running" },
      elapsed: 90,
      queued: 0.5,
      text: "select 2",
    },
    {
      ...{ id: 7, session: 1, user: "analyst", database: "fleet", status: "running" },
      elapsed: 1.5,
      queued: 0.5,
      text: "select 1",
    },
  ]);
});
