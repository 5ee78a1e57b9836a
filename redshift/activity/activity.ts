import { z } from "zod";
import type { DataApi } from "../data-api/data-api";
import { flag, integer, optionalText, text } from "../data-api/rows";

/** A connection that is open. */
export interface OpenSession {
  id: number;
  user: string;
  database: string;
  /** As the warehouse writes it, UTC. */
  since: string;
}

/** A query that is not over. Times in seconds. */
export interface OpenQuery {
  id?: number;
  session: number;
  user: string;
  database: string;
  /** planning, queued, running or returning */
  status: string;
  elapsed: number;
  queued: number;
  text: string;
}

export interface Activity {
  sessions: OpenSession[];
  /** The longest first. */
  queries: OpenQuery[];
}

/** What tells this module's own queries from those that it looks for. */
const own = "/* fleet top */";
/** Milliseconds in which a superuser's session counts as one that asks, not one that is asked about. */
const young = 60_000;

const micros = integer.nullish().transform((value) => (value ?? 0) / 1_000_000);

/**
 * Who is connected to a warehouse, and what it is doing: all of it for a superuser, others see their own. Views are asked
 * one by one and put together here, as not every system view can be joined with others. On Redshift Serverless only the
 * SYS views tell: STV views are of provisioned clusters.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/SYS_SESSION_HISTORY.html
 * @see https://docs.aws.amazon.com/redshift/latest/dg/SYS_QUERY_HISTORY.html
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_INFO.html
 */
export async function activity(api: DataApi, now = Date.now()): Promise<Activity> {
  const [people, sessions, queries] = await Promise.all([
    api.query(
      `SELECT ${own} user_id, user_name, superuser FROM svv_user_info`,
      z.object({ user_id: integer, user_name: text, superuser: flag }),
    ),
    api.query(
      `SELECT ${own} user_id, session_id, database_name, start_time FROM sys_session_history WHERE status = 'active'`,
      // A number in text: char(50).
      z.object({ user_id: integer, session_id: integer, database_name: text, start_time: text }),
    ),
    api.query(
      `SELECT ${own} user_id, query_id, session_id, database_name, status, elapsed_time, queue_time, query_text FROM sys_query_history WHERE status IN ('planning', 'queued', 'running', 'returning')`,
      z.object({
        user_id: integer,
        query_id: integer.nullish(),
        session_id: integer,
        database_name: text,
        status: text,
        elapsed_time: micros,
        queue_time: micros,
        query_text: optionalText,
      }),
    ),
  ]);
  const users = new Map(people.map(({ user_id, user_name, superuser }) => [user_id, { name: user_name, superuser }]));
  const nameOf = (id: number) => users.get(id)?.name ?? `user ${id}`;
  const asks = (id: number, since: string) =>
    users.get(id)?.superuser === true && now - Date.parse(`${since.replace(" ", "T")}Z`) < young;
  return {
    sessions: sessions
      .filter((row) => !asks(row.user_id, row.start_time))
      .map((row) => ({
        id: row.session_id,
        user: nameOf(row.user_id),
        database: row.database_name,
        since: row.start_time,
      })),
    queries: queries
      .filter((row) => !row.query_text?.includes(own))
      .map((row) => ({
        id: row.query_id ?? undefined,
        session: row.session_id,
        user: nameOf(row.user_id),
        database: row.database_name,
        status: row.status,
        elapsed: row.elapsed_time,
        queued: row.queue_time,
        text: row.query_text ?? "",
      }))
      .sort((a, b) => b.elapsed - a.elapsed),
  };
}
