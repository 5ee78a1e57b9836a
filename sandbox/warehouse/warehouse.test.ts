import type { QueryResult } from "pg";
import { failure, namespaceIds, TestWarehouses, values } from "./testing";

let warehouses: TestWarehouses;

jest.setTimeout(60_000);

beforeAll(async () => {
  warehouses = await TestWarehouses.open(["producer", "other"]);
});
afterEach(() => warehouses.disconnect());
afterAll(() => warehouses?.close());

describe("a workgroup", () => {
  it("takes clients with TLS and without", async () => {
    for (const ssl of [true, false]) {
      const client = await warehouses.connect("producer", { ssl });
      expect(values(await client.query("select current_namespace"))).toEqual([namespaceIds.producer]);
    }
  });

  it("refuses a wrong password, an unknown user and the superuser of PostgreSQL alike", async () => {
    for (const user of ["admin", "nobody", "rdsdb"]) {
      expect(await failure(warehouses.connect("producer", { user, password: "Wrong-pw1" }))).toEqual({
        code: "28000",
        message: `password authentication failed for user "${user}"`,
      });
    }
  });

  it("remembers what was asked, to superusers all of it and to users their own, and no password", async () => {
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

  it("runs several statements in one query and tells their tags", async () => {
    const client = await warehouses.connect("producer");
    const results = (await client.query(
      "create table tags(a int); create user tags_user password disable; drop user tags_user; drop table tags",
    )) as unknown;
    expect((results as QueryResult[]).map((result) => result.command)).toEqual(["CREATE", "CREATE", "DROP", "DROP"]);
  });

  it("does not let the administrator out of the database", async () => {
    const client = await warehouses.connect("producer");
    for (const sql of [
      "copy (select 1) to program 'true'",
      "select pg_read_file('/etc/passwd')",
      "create function f() returns int language c as 'x'",
      "alter system set port = 1",
    ]) {
      expect(["42501", "0A000", "42601"]).toContain((await failure(client.query(sql))).code);
    }
  });
});

describe("users", () => {
  it("come in by clear, MD5 and SHA-256 secrets, and not when disabled", async () => {
    const { createHash } = await import("node:crypto");
    const admin = await warehouses.connect("producer");
    const digest = createHash("sha256").update("Secret12salt").digest("hex");
    const md5 = createHash("md5").update("Secret12u_md5").digest("hex");
    await admin.query("create user u_clear password 'Secret12'");
    await admin.query(`create user u_md5 password 'md5${md5}'`);
    await admin.query(`create user u_sha password 'sha256|${digest}|salt'`);
    await admin.query("create user u_none password disable");
    for (const user of ["u_clear", "u_md5", "u_sha"]) {
      expect(
        values(
          await (await warehouses.connect("producer", { user, password: "Secret12" })).query("select current_user"),
        ),
      ).toEqual([user]);
      expect((await failure(warehouses.connect("producer", { user, password: "Secret13" }))).code).toBe("28000");
    }
    expect((await failure(warehouses.connect("producer", { user: "u_none", password: "" }))).code).toBe("28000");
  });

  it("are made and dropped in the client's transaction", async () => {
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
});
