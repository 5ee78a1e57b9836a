import color from "picocolors";
import { table } from "../terminal/terminal";
import type { WarehouseActivity } from "./collect";

/** What other columns of a warehouse that does not answer take. */
const besidesError = 42;
/** What other columns of a query's row take. */
const besidesText = 50;
const narrowestText = 30;

/** Each warehouse on a line, then what runs, the longest first. @param width columns of the terminal */
export function topReport(
  all: readonly WarehouseActivity[],
  { width, sessions }: { width: number; sessions: boolean },
) {
  const parts = [
    table(
      ["warehouse", "running", "queued", "longest", "connected"],
      all.map((one) =>
        "error" in one
          ? [one.warehouse, color.red("?"), "", "", color.red(oneLine(one.error, width - besidesError))]
          : summary(one.warehouse, one),
      ),
    ),
  ];
  const alive = all.flatMap((one) => ("error" in one ? [] : [one]));
  const queries = alive.flatMap((one) => one.queries.map((query) => ({ ...query, warehouse: one.warehouse })));
  queries.sort((a, b) => b.elapsed - a.elapsed);
  const room = Math.max(narrowestText, width - besidesText);
  if (queries.length > 0)
    parts.push(
      table(
        ["warehouse", "user", "status", "time", "query"],
        queries.map((query) => [
          query.warehouse,
          query.user,
          query.status,
          seconds(query.elapsed),
          oneLine(query.text, room),
        ]),
      ),
    );
  else parts.push("No query runs.");
  if (sessions)
    parts.push(
      table(
        ["warehouse", "session", "user", "database", "since (UTC)"],
        alive.flatMap((one) =>
          one.sessions.map(({ id, user, database, since }) => [
            one.warehouse,
            String(id),
            user,
            database,
            since.slice(0, 19),
          ]),
        ),
      ),
    );
  return parts.join("\n\n");
}

function summary(warehouse: string, { sessions, queries }: Extract<WarehouseActivity, { queries: unknown }>): string[] {
  const queued = queries.filter(({ status }) => status === "queued").length;
  const [longest] = queries;
  const users = countBy(sessions.map(({ user }) => user));
  const connected = [...users].map(([user, count]) => (count > 1 ? `${user} ×${count}` : user)).join(", ");
  return [
    warehouse,
    String(queries.length - queued),
    String(queued),
    longest ? seconds(longest.elapsed) : "",
    connected || color.dim("nobody"),
  ];
}

function countBy(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  return `${Math.floor(value / 60)} min ${Math.floor(value % 60)} s`;
}

function oneLine(text: string, room: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > room ? `${line.slice(0, room - 1)}…` : line;
}
