import { createHash } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import type { QueryResult } from "pg";
import { startupMessage } from "../wire/messages";
import type { NamespaceState } from "./state";
import { failure, namespaceIds, TestWarehouses, values } from "./testing";

let warehouses: TestWarehouses;

/** How a user is asked for the password. node-postgres throws where nobody can catch it when that is code 13. */
async function authenticationCode(port: number, user: string): Promise<number> {
  const socket = net.connect(port, "127.0.0.1");
  socket.write(startupMessage({ user, database: "fleet" }));
  const [request] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return request.readInt32BE(5);
}

const pid = async (client: { query(sql: string): Promise<QueryResult> }) =>
  Number(values(await client.query("select pg_backend_pid()"))[0]);

jest.setTimeout(60_000);

beforeAll(async () => {
  warehouses = await TestWarehouses.open(["producer", "other"]);
});
afterEach(() => warehouses.disconnect());
afterAll(() => warehouses?.close());

describe("a workgroup", () => {
  test("takes clients with TLS and without", async () => {
    for (const ssl of [true, false]) {
      const client = await warehouses.connect("producer", { ssl });
      expect(values(await client.query("select current_namespace"))).toEqual([namespaceIds.producer]);
    }
  });

  test("refuses a wrong password, an unknown user and the superuser of PostgreSQL alike", async () => {
    for (const user of ["admin", "nobody", "rdsdb"]) {
      expect(await failure(warehouses.connect("producer", { user, password: "Wrong-pw1" }))).toEqual({
        code: "28000",
        message: `password authentication failed for user "${user}"`,
      });
    }
  });

  test("remembers what was asked, to superusers all of it and to users their own, and no password", async () => {
    const admin = await warehouses.connect("other");
    await admin.query("create user curious password 'Clear1pwd'");
    await failure(admin.query("select * from nowhere"));
    const curious = await warehouses.connect("other", { user: "curious", password: "Clear1pwd" });
    await curious.query("select count(*) from pg_user where usename = $1", ["curious"]);
    const history =
      "select query_text, status, returned_rows::int from sys_query_history where status <> 'running' order by query_id";
    expect((await curious.query(history)).rows).toEqual([
      { query_text: "select count(*) from pg_user where usename = $1", status: "success", returned_rows: 1 },
    ]);
    const sessions =
      "select trim(user_id)::int = (select user_id from svv_user_info where user_name = 'curious') as own from sys_session_history where status = 'active'";
    expect((await admin.query(`${sessions} and session_id = ${await pid(curious)}`)).rows).toEqual([{ own: true }]);
    expect((await admin.query("select sum(charged_seconds) as charged from sys_serverless_usage")).rows).toEqual([
      { charged: null },
    ]);
    const seen = (await admin.query(history)).rows;
    expect(seen).toContainEqual({
      query_text: "create user curious password '***'",
      status: "success",
      returned_rows: null,
    });
    expect(seen).toContainEqual({ query_text: "select * from nowhere", status: "failed", returned_rows: null });
    expect(JSON.stringify(seen)).not.toContain("Clear1pwd");
    await admin.query("drop user curious");
  });

  test("runs several statements in one query and tells their tags", async () => {
    const client = await warehouses.connect("producer");
    const results = (await client.query(
      "create table tags(a int); create user tags_user password disable; drop user tags_user; drop table tags",
    )) as unknown;
    expect((results as QueryResult[]).map((result) => result.command)).toEqual(["CREATE", "CREATE", "DROP", "DROP"]);
  });

  test("does not let the administrator out of the database", async () => {
    const client = await warehouses.connect("producer");
    for (const sql of [
      "copy (select 1) to program 'true'",
      "select pg_read_file('/etc/passwd')",
      "create function f() returns int language c as 'x'",
      "alter system set port = 1",
    ]) {
      expect(["42501", "42883", "0A000", "42601"]).toContain((await failure(client.query(sql))).code);
    }
  });
});

describe("users", () => {
  test("come in by clear and MD5 secrets, are asked for code 13 with SHA-256, and stay out when disabled", async () => {
    const admin = await warehouses.connect("producer");
    const md5 = createHash("md5").update("Secret12u_md5").digest("hex");
    await admin.query("create user u_clear password 'Secret12'");
    await admin.query(`create user u_md5 password 'md5${md5}'`);
    await admin.query("create user u_sha password 'sha256|Secret12'");
    await admin.query("create user u_none password disable");
    for (const user of ["u_clear", "u_md5"]) {
      expect(
        values(
          await (await warehouses.connect("producer", { user, password: "Secret12" })).query("select current_user"),
        ),
      ).toEqual([user]);
      expect((await failure(warehouses.connect("producer", { user, password: "Secret13" }))).code).toBe("28000");
    }
    expect(await authenticationCode(warehouses.portOf("producer"), "u_sha")).toBe(13);
    for (const password of ["Secret12", "Secret13"]) {
      const right = password === "Secret12";
      expect(await warehouses.current.verifyPassword(namespaceIds.producer, "u_sha", password)).toBe(right);
    }
    expect((await failure(warehouses.connect("producer", { user: "u_none", password: "" }))).code).toBe("28000");
    // Temporary credentials are asked for as MD5, whatever else the user has: every client can use them.
    const temporary = { user: "u_sha", password: "Temporary1", expiresAt: new Date(Date.now() + 60_000) };
    await warehouses.current.issueCredentials(namespaceIds.producer, temporary);
    await warehouses.connect("producer", { user: "u_sha", password: "Temporary1" });
    expect(await authenticationCode(warehouses.portOf("producer"), "u_sha")).toBe(5);
  });

  test("are made and dropped in the client's transaction", async () => {
    const admin = await warehouses.connect("producer");
    await admin.query("begin");
    await admin.query("create user u_passing password 'Secret12'");
    await admin.query("rollback");
    await admin.query("create user u_passing password 'Secret12'");
    expect((await failure(admin.query("create user u_passing password 'Secret12'"))).message).toBe(
      'user "u_passing" already exists',
    );
    await admin.query("drop user u_passing");
    expect((await failure(admin.query("create user weak password 'short'"))).message).toMatch(/between 8 and 64/);
  });

  test("stay while they own something or were granted something, in Redshift's words", async () => {
    const admin = await warehouses.connect("producer");
    await admin.query("create user u_leaving password 'Secret12'");
    const leaving = await warehouses.connect("producer", { user: "u_leaving", password: "Secret12" });
    await leaving.query("create table public.scratch(a int)");
    const why = (what: string) => ({
      code: "55006",
      message: `user "u_leaving" can't be dropped because the user ${what}`,
    });
    expect(await failure(admin.query("drop user u_leaving"))).toEqual(why("owns some object"));
    await admin.query("alter table public.scratch owner to admin; grant select on public.scratch to u_leaving");
    expect(await failure(admin.query("drop user u_leaving"))).toEqual(why("has a privilege on some object"));
    await admin.query("revoke all on table public.scratch from u_leaving; drop user u_leaving");
    await admin.query("revoke create on schema public from public; create user u_next password 'Secret12'");
    const next = await warehouses.connect("producer", { user: "u_next", password: "Secret12" });
    expect((await failure(next.query("create table public.another(a int)"))).code).toBe("42501");
    await admin.query("grant create on schema public to public; drop user u_next; drop table public.scratch");
  });
});

describe("a snapshot", () => {
  test("brings back everything that a namespace held, its administrator with the password of then included", async () => {
    const admin = await warehouses.connect("other");
    await admin.query("create table public.kept (a int); insert into public.kept values (1)");
    await warehouses.current.saveSnapshot(namespaceIds.other, "before");
    const later = await warehouses.connect("other");
    await later.query("drop table public.kept; create table public.made_since (a int)");
    await warehouses.current.setAdmin(namespaceIds.other, "admin", "Changed-1");
    await warehouses.current.restoreSnapshot(namespaceIds.other, "before", {
      database: "fleet",
      adminUsername: "admin",
    });
    const after = await warehouses.connect("other");
    expect(values(await after.query("select a from public.kept"))).toEqual([1]);
    expect((await failure(after.query("select * from public.made_since"))).code).toBe("42P01");
    await warehouses.current.deleteSnapshot("before");
  });

  const kept = async () => values(await (await warehouses.connect("other")).query("select a from public.kept"));

  test("that is not there leaves what the namespace holds", async () => {
    const holds = { database: "fleet", adminUsername: "admin" };
    await expect(warehouses.current.restoreSnapshot(namespaceIds.other, "none", holds)).rejects.toThrow(/none/);
    expect(await kept()).toEqual([1]);
  });
});

describe("a start of the sandbox", () => {
  const folder = () => path.dirname(warehouses.stateFile);
  const saved = () => JSON.parse(fs.readFileSync(warehouses.stateFile, "utf8")) as { namespaces: NamespaceState[] };
  const filesOf = (name: keyof typeof namespaceIds) =>
    path.join(folder(), "c", saved().namespaces.find(({ namespaceId }) => namespaceId === namespaceIds[name])!.folder);

  /** Another process after one that was killed, which left `files` changed. */
  async function restart(files: () => void): Promise<void> {
    await warehouses.current.close();
    files();
    warehouses.current = await warehouses.reopen();
    await warehouses.current.restartAll();
  }

  test("keeps the old files when a restore ended while copying, and the new ones when it ended after that", async () => {
    const admin = await warehouses.connect("other");
    await admin.query("create table public.generation as select 1 as a");
    await warehouses.current.saveSnapshot(namespaceIds.other, "first");
    await (await warehouses.connect("other")).query("update public.generation set a = 2");
    const generation = async () =>
      values(await (await warehouses.connect("other")).query("select a from public.generation"));
    const incoming = path.join(filesOf("other"), "incoming");
    await restart(() => fs.mkdirSync(incoming));
    expect([await generation(), fs.existsSync(incoming)]).toEqual([[2], false]);
    await restart(() => {
      fs.renameSync(path.join(folder(), "snapshots", "first"), incoming);
      fs.renameSync(path.join(filesOf("other"), "d"), path.join(filesOf("other"), "outgoing"));
      const state = saved();
      for (const namespace of state.namespaces)
        if (namespace.namespaceId === namespaceIds.other)
          namespace.incoming = { database: "fleet", adminUsername: "admin" };
      fs.writeFileSync(warehouses.stateFile, JSON.stringify(state));
    });
    expect(await generation()).toEqual([1]);
    expect(fs.readdirSync(filesOf("other")).sort()).toEqual(["d", "log"]);
    expect(saved().namespaces.some((namespace) => "incoming" in namespace)).toBe(false);
  });

  test("brings up all namespaces but one that cannot start, whose workgroup says why", async () => {
    const data = path.join(filesOf("other"), "d");
    await restart(() => fs.renameSync(data, `${data}.away`));
    const producer = await warehouses.connect("producer");
    expect(values(await producer.query("select current_namespace"))).toEqual([namespaceIds.producer]);
    const { namespaces, workgroups } = warehouses.current.status();
    expect(namespaces.map(({ running }) => running)).toEqual([true, false]);
    expect(workgroups.map(({ listening }) => listening)).toEqual([true, false]);
    const { other } = namespaceIds;
    await expect(warehouses.current.connect(other, { database: "fleet", user: "admin" })).rejects.toThrow(
      `namespace ${other} does not run: PostgreSQL does not start: ${data} holds no databases`,
    );
    await restart(() => fs.renameSync(`${data}.away`, data));
    expect(warehouses.current.status().workgroups.map(({ listening }) => listening)).toEqual([true, true]);
  });
});
