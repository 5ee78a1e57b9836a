import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { Client, type QueryResult } from "pg";
import { CertificateAuthority } from "../tls/authority";
import type { TlsMaterial } from "../tls/material";
import { Warehouse } from "./warehouse";

const producerId = "11111111-aaaa-4aaa-8aaa-111111111111";
const consumerId = "22222222-bbbb-4bbb-8bbb-222222222222";
const otherId = "33333333-cccc-4ccc-8ccc-333333333333";
const adminPassword = "Passw0rd1";

let directory: string;
let tls: TlsMaterial;
let warehouse: Warehouse;
const ports: Record<string, number> = {};
const open: Client[] = [];

jest.setTimeout(60_000);

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "warehouse-"));
  fs.chmodSync(directory, 0o755);
  tls = await (await CertificateAuthority.open(path.join(directory, "tls"))).issue({
    commonName: "localhost",
    dnsNames: ["localhost"],
    addresses: ["127.0.0.1"],
  });
  warehouse = await openWarehouse();
  for (const [name, namespaceId] of [
    ["producer", producerId],
    ["consumer", consumerId],
    ["other", otherId],
  ] as const) {
    ports[name] = await freePort();
    await warehouse.createNamespace({ namespaceId, database: "fleet", adminUsername: "admin", adminPassword });
    await warehouse.openWorkgroup({
      workgroupName: name,
      namespaceId,
      listen: [{ host: "127.0.0.1", port: ports[name] as number }],
      parameters: {},
      tls,
    });
  }
});

afterEach(async () => {
  for (const client of open.splice(0)) await client.end().catch(() => {});
});

afterAll(async () => {
  await warehouse?.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

const openWarehouse = () =>
  Warehouse.open({
    directory: path.join(directory, "w"),
    accountId: "000000000000",
    region: "us-east-1",
    log: (line) => lines.push(line),
  });
const lines: string[] = [];

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function connect(
  name: string,
  options: { user?: string; password?: string; database?: string; ssl?: boolean } = {},
): Promise<Client> {
  const { user = "admin", password = adminPassword, database = "fleet", ssl = false } = options;
  const client = new Client({
    host: "127.0.0.1",
    port: ports[name],
    user,
    password,
    database,
    ssl: ssl && { ca: tls.ca },
  });
  client.on("error", () => {});
  await client.connect();
  open.push(client);
  return client;
}

const values = (result: QueryResult): unknown[] =>
  result.rows.map((row: Record<string, unknown>) => Object.values(row)[0]);
const failure = (promise: Promise<unknown>): Promise<{ code?: string; message: string }> =>
  promise.then(
    () => ({ message: "no error" }),
    (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
  );

describe("a workgroup", () => {
  it("takes clients with TLS and without", async () => {
    for (const ssl of [true, false]) {
      const client = await connect("producer", { ssl });
      expect(values(await client.query("select current_namespace"))).toEqual([producerId]);
    }
  });

  it("refuses a wrong password, an unknown user and the superuser of PostgreSQL alike", async () => {
    for (const user of ["admin", "nobody", "rdsdb"]) {
      expect(await failure(connect("producer", { user, password: "Wrong-pw1" }))).toEqual({
        code: "28000",
        message: `password authentication failed for user "${user}"`,
      });
    }
  });

  it("remembers what was asked, to superusers all of it and to users their own, and no password", async () => {
    const admin = await connect("other");
    await admin.query("create user curious password 'Clear1pwd'");
    await failure(admin.query("select * from nowhere"));
    const curious = await connect("other", { user: "curious", password: "Clear1pwd" });
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
    const client = await connect("producer");
    const results = (await client.query(
      "create table tags(a int); create user tags_user password disable; drop user tags_user; drop table tags",
    )) as unknown;
    expect((results as QueryResult[]).map((result) => result.command)).toEqual(["CREATE", "CREATE", "DROP", "DROP"]);
  });

  it("does not let the administrator out of the database", async () => {
    const client = await connect("producer");
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
    const admin = await connect("producer");
    const digest = createHash("sha256").update("Secret12salt").digest("hex");
    const md5 = createHash("md5").update("Secret12u_md5").digest("hex");
    await admin.query("create user u_clear password 'Secret12'");
    await admin.query(`create user u_md5 password 'md5${md5}'`);
    await admin.query(`create user u_sha password 'sha256|${digest}|salt'`);
    await admin.query("create user u_none password disable");
    for (const user of ["u_clear", "u_md5", "u_sha"]) {
      expect(
        values(await (await connect("producer", { user, password: "Secret12" })).query("select current_user")),
      ).toEqual([user]);
      expect((await failure(connect("producer", { user, password: "Secret13" }))).code).toBe("28000");
    }
    expect((await failure(connect("producer", { user: "u_none", password: "" }))).code).toBe("28000");
  });

  it("are made and dropped in the client's transaction", async () => {
    const admin = await connect("producer");
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

describe("a datashare", () => {
  it("shows live rows, refuses writing, follows INCLUDENEW and DDL, and ends with REVOKE", async () => {
    const producer = await connect("producer");
    const consumer = await connect("consumer");
    await producer.query(
      "create schema sales; create table sales.orders(id int, amount numeric(12,2)); insert into sales.orders values (1, 10)",
    );
    await producer.query(
      "create datashare s; alter datashare s add schema sales; alter datashare s add table sales.orders",
    );
    const create = `create database d from datashare s of namespace '${producerId}'`;
    expect(await failure(consumer.query(create))).toEqual({ code: "42704", message: 'datashare "s" does not exist' });
    await producer.query(`grant usage on datashare s to namespace '${consumerId}'`);
    await consumer.query(create);
    expect(values(await consumer.query("select amount from d.sales.orders"))).toEqual(["10.00"]);

    await producer.query("insert into sales.orders values (2, 20)");
    expect(values(await consumer.query("select count(*) from d.sales.orders"))).toEqual(["2"]);
    expect((await failure(consumer.query("insert into d.sales.orders values (3, 30)"))).message).not.toBe("no error");

    await consumer.query("create view totals as select sum(amount) as total from d.sales.orders");
    await producer.query("alter datashare s set includenew = true for schema sales");
    await producer.query("create table sales.items(sku varchar(20)); insert into sales.items values ('x')");
    expect(values(await consumer.query("select sku from d.sales.items"))).toEqual(["x"]);
    await producer.query("alter table sales.orders add column note varchar(10)");
    expect(values(await consumer.query("select note from d.sales.orders order by id limit 1"))).toEqual([null]);
    await producer.query("drop table sales.items");
    expect((await failure(consumer.query("select sku from d.sales.items"))).message).toBe(
      'relation "d.sales.items" does not exist',
    );
    expect(values(await consumer.query("select total from totals"))).toEqual(["30.00"]);

    await producer.query(`revoke usage on datashare s from namespace '${consumerId}'`);
    for (const sql of ["select * from d.sales.orders", "select * from totals"]) {
      expect((await failure(consumer.query(sql))).code).toBe("42501");
    }
    await producer.query(`grant usage on datashare s to namespace '${consumerId}'`);
    expect(values(await consumer.query("select total from totals"))).toEqual(["30.00"]);
  });

  it("is changed in the client's transaction", async () => {
    const producer = await connect("producer");
    await producer.query("begin; create datashare passing; alter datashare passing add schema public; rollback");
    expect(await failure(producer.query("drop datashare passing"))).toEqual({
      code: "42704",
      message: 'datashare "passing" does not exist',
    });
    expect((await failure(producer.query("create datashare s"))).message).toBe('datashare "s" already exists');
    expect(
      (await failure(producer.query(`grant usage on datashare s to namespace '${producerId.replace("1", "9")}'`)))
        .message,
    ).toBe("Namespace does not exist");
  });

  it("lets users of the consumer read only what they were granted", async () => {
    const admin = await connect("consumer");
    await admin.query("create user reader password 'Secret12'; create role readers; grant role readers to reader");
    const reader = await connect("consumer", { user: "reader", password: "Secret12" });
    expect(await failure(reader.query("select count(*) from d.sales.orders"))).toEqual({
      code: "42501",
      message: "permission denied for schema d.sales",
    });
    await admin.query("grant usage on database d to role readers");
    expect(values(await reader.query("select count(*) from d.sales.orders"))).toEqual(["2"]);
    const direct = await connect("consumer", { user: "reader", password: "Secret12", database: "d" });
    expect(values(await direct.query("select count(*) from sales.orders"))).toEqual(["2"]);
    await admin.query("revoke usage on database d from role readers");
    expect((await failure(reader.query("select count(*) from d.sales.orders"))).code).toBe("42501");
    await admin.query("drop role readers force; drop user reader");
  });

  it("shares SQL functions and refuses what Redshift refuses", async () => {
    const producer = await connect("producer");
    const consumer = await connect("consumer");
    await producer.query(
      "create function sales.double(integer) returns integer stable as $$ select $1 * 2 $$ language sql",
    );
    await producer.query("create or replace procedure sales.p() as $$ begin end $$ language plpgsql");
    await producer.query(
      "alter datashare s remove function sales.double(integer); alter datashare s add function sales.double(integer)",
    );
    expect(values(await consumer.query("select d.sales.double(21)"))).toEqual([42]);
    await producer.query("create table sales.woven(a int, b int) interleaved sortkey (a, b)");
    expect((await failure(producer.query("alter datashare s add table sales.woven"))).code).toBe("0A000");
    expect((await failure(producer.query("alter datashare s add table sales.missing"))).code).toBe("42P01");
    expect((await failure(producer.query("alter datashare s add schema missing"))).code).toBe("3F000");
  });
});

describe("a prepared statement", () => {
  it("takes effect at every execution, under its name", async () => {
    const producer = await connect("producer");
    const named = { name: "make", text: "create datashare prepared" };
    expect((await producer.query(named)).command).toBe("CREATE");
    await producer.query("drop datashare prepared");
    expect((await producer.query(named)).command).toBe("CREATE");
    await producer.query("drop datashare prepared");
    expect(values(await producer.query("select id from sales.orders where id = $1", [2]))).toEqual([2]);
  });
});

describe("failures", () => {
  it("a consumer that was down catches up when it is revived", async () => {
    const producer = await connect("producer");
    const idle = await connect("consumer");
    const broken = new Promise<void>((resolve) => idle.on("end", () => resolve()));
    await warehouse.kill("consumer");
    await broken;
    expect((await failure(connect("consumer"))).message).toMatch(/ECONNREFUSED/);
    await producer.query("create table sales.later(a int); insert into sales.later values (7)");
    await warehouse.revive("consumer");
    expect(values(await (await connect("consumer")).query("select a from d.sales.later"))).toEqual([7]);
  });

  it("a server killed with SIGKILL comes back with all committed rows", async () => {
    const producer = await connect("producer");
    await producer.query("create table kept(a int)");
    for (let n = 0; n < 50; n++) await producer.query("insert into kept values ($1)", [n]);
    const pid = warehouse.status().namespaces.find(({ namespaceId }) => namespaceId === producerId)
      ?.processId as number;
    process.kill(pid, "SIGKILL");
    const again = await eventually(() => connect("producer"));
    expect(values(await again.query("select count(*) from kept"))).toEqual(["50"]);
    expect(values(await (await connect("consumer")).query("select count(*) from d.sales.orders"))).toEqual(["2"]);
  });

  it("a new process adopts the servers that one before it left running", async () => {
    const before = warehouse.status().namespaces.map(({ processId }) => processId);
    await warehouse.handOver();
    const successor = await openWarehouse();
    await successor.restartAll();
    expect(successor.status().namespaces.map(({ processId }) => processId)).toEqual(before);
    warehouse = successor;
    expect(values(await (await connect("consumer")).query("select count(*) from d.sales.orders"))).toEqual(["2"]);
  });

  test("databases of another version of the sandbox are refused, with what to do", async () => {
    await warehouse.close();
    const file = path.join(directory, "w", "state.json");
    const saved = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, saved.replace(/"templateVersion":"[0-9a-f]+"/, '"templateVersion":"older"'));
    const newer = await openWarehouse();
    await expect(newer.restartAll()).rejects.toThrow(/another version[\s\S]*npm run clean/);
    fs.writeFileSync(file, saved);
    warehouse = await openWarehouse();
    await warehouse.restartAll();
    expect(values(await (await connect("consumer")).query("select count(*) from d.sales.orders"))).toEqual(["2"]);
  });
});

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 15_000; ; await new Promise((done) => setTimeout(done, 50))) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
