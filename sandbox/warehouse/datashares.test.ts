import fs from "node:fs";
import { eventually, failure, namespaceIds, TestWarehouses, values } from "./testing";

let warehouses: TestWarehouses;

jest.setTimeout(60_000);

beforeAll(async () => {
  warehouses = await TestWarehouses.open(["producer", "consumer"]);
});
afterEach(() => warehouses.disconnect());
afterAll(() => warehouses?.close());

describe("a datashare", () => {
  test("shows live rows, refuses writing, follows INCLUDENEW and DDL, and ends with REVOKE", async () => {
    const producer = await warehouses.connect("producer");
    const consumer = await warehouses.connect("consumer");
    await producer.query(
      "create schema sales; create table sales.orders(id int, amount numeric(12,2)); insert into sales.orders values (1, 10)",
    );
    await producer.query(
      "create datashare s; alter datashare s add schema sales; alter datashare s add table sales.orders",
    );
    const create = `create database d from datashare s of namespace '${namespaceIds.producer}'`;
    expect(await failure(consumer.query(create))).toEqual({ code: "42704", message: 'datashare "s" does not exist' });
    await producer.query(`grant usage on datashare s to namespace '${namespaceIds.consumer}'`);
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

    await producer.query(`revoke usage on datashare s from namespace '${namespaceIds.consumer}'`);
    for (const sql of ["select * from d.sales.orders", "select * from totals"]) {
      expect((await failure(consumer.query(sql))).code).toBe("42501");
    }
    await producer.query(`grant usage on datashare s to namespace '${namespaceIds.consumer}'`);
    expect(values(await consumer.query("select total from totals"))).toEqual(["30.00"]);
  });

  test("is changed in the client's transaction", async () => {
    const producer = await warehouses.connect("producer");
    await producer.query("begin; create datashare passing; alter datashare passing add schema public; rollback");
    expect(await failure(producer.query("drop datashare passing"))).toEqual({
      code: "42704",
      message: 'datashare "passing" does not exist',
    });
    expect((await failure(producer.query("create datashare s"))).message).toBe('datashare "s" already exists');
    expect(
      (
        await failure(
          producer.query(`grant usage on datashare s to namespace '${namespaceIds.producer.replace("1", "9")}'`),
        )
      ).message,
    ).toBe(`Namespace ${namespaceIds.producer.replace("1", "9")} does not exist.`);
  });

  test("refuses USAGE to users, and public access in a transaction", async () => {
    const producer = await warehouses.connect("producer");
    await producer.query("create user sharer password 'Secret12'");
    expect((await failure(producer.query("grant usage on datashare s to sharer"))).code).toBe("0A000");
    await producer.query(
      "grant share on datashare s to sharer; revoke share on datashare s from sharer; drop user sharer",
    );
    await producer.query("begin");
    expect((await failure(producer.query("alter datashare s set publicaccessible true"))).code).toBe("25001");
    await producer.query("rollback");
  });

  test("lets users of the consumer read only what they were granted", async () => {
    const admin = await warehouses.connect("consumer");
    await admin.query("create user reader password 'Secret12'; create role readers; grant role readers to reader");
    const reader = await warehouses.connect("consumer", { user: "reader", password: "Secret12" });
    expect(await failure(reader.query("select count(*) from d.sales.orders"))).toEqual({
      code: "42501",
      message: "permission denied for schema d.sales",
    });
    await admin.query("grant usage on database d to role readers");
    expect(values(await reader.query("select count(*) from d.sales.orders"))).toEqual(["2"]);
    const direct = await warehouses.connect("consumer", { user: "reader", password: "Secret12", database: "d" });
    expect(values(await direct.query("select count(*) from sales.orders"))).toEqual(["2"]);
    await admin.query("revoke usage on database d from role readers");
    expect((await failure(reader.query("select count(*) from d.sales.orders"))).code).toBe("42501");
    await admin.query("drop role readers force; drop user reader");
  });

  test("takes no grant on a shared database in a transaction, and no second database of a share", async () => {
    const admin = await warehouses.connect("consumer");
    await admin.query("create role readers");
    for (const statement of [
      "grant usage on database d to role readers",
      "revoke usage on database d from role readers",
    ]) {
      await admin.query("begin");
      expect((await failure(admin.query(statement))).code).toBe("25001");
      await admin.query("rollback");
      await admin.query(statement);
    }
    await admin.query("drop role readers force");
    const again = `create database d2 from datashare s of namespace '${namespaceIds.producer}'`;
    expect((await failure(admin.query(again))).code).toBe("42710");
  });

  test("leaves no right on a database that was dropped, also where a view still reads it", async () => {
    const admin = await warehouses.connect("consumer");
    await admin.query("create role readers");
    await admin.query("grant usage on database d to role readers");
    await admin.query("create view public.v as select id from d.sales.orders with no schema binding");
    await admin.query("drop database d");
    await admin.query("drop role readers force");
    expect((await failure(admin.query("select * from public.v"))).code).toBe("42501");
    await admin.query(`create database d from datashare s of namespace '${namespaceIds.producer}'`);
    expect(values(await admin.query("select count(*) from public.v"))).toEqual(["2"]);
    await admin.query("drop view public.v");
  });

  test("shares SQL functions and refuses what Redshift refuses", async () => {
    const producer = await warehouses.connect("producer");
    const consumer = await warehouses.connect("consumer");
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
  test("takes effect at every execution, under its name", async () => {
    const producer = await warehouses.connect("producer");
    const named = { name: "make", text: "create datashare prepared" };
    expect((await producer.query(named)).command).toBe("CREATE");
    await producer.query("drop datashare prepared");
    expect((await producer.query(named)).command).toBe("CREATE");
    await producer.query("drop datashare prepared");
    expect(values(await producer.query("select id from sales.orders where id = $1", [2]))).toEqual([2]);
  });
});

describe("failures", () => {
  test("a consumer that was down catches up when it is revived", async () => {
    const producer = await warehouses.connect("producer");
    const idle = await warehouses.connect("consumer");
    const broken = new Promise<void>((resolve) => idle.on("end", () => resolve()));
    await warehouses.current.kill("consumer");
    await broken;
    expect((await failure(warehouses.connect("consumer"))).message).toMatch(/ECONNREFUSED/);
    await producer.query("create table sales.later(a int); insert into sales.later values (7)");
    await warehouses.current.revive("consumer");
    expect(values(await (await warehouses.connect("consumer")).query("select a from d.sales.later"))).toEqual([7]);
  });

  test("a server killed with SIGKILL comes back with all committed rows", async () => {
    const producer = await warehouses.connect("producer");
    await producer.query("create table kept(a int)");
    for (let n = 0; n < 50; n++) await producer.query("insert into kept values ($1)", [n]);
    const pid = warehouses.current.status().namespaces.find(({ namespaceId }) => namespaceId === namespaceIds.producer)
      ?.processId as number;
    process.kill(pid, "SIGKILL");
    const again = await eventually(() => warehouses.connect("producer"));
    expect(values(await again.query("select count(*) from kept"))).toEqual(["50"]);
    expect(values(await (await warehouses.connect("consumer")).query("select count(*) from d.sales.orders"))).toEqual([
      "2",
    ]);
  });

  test("a new process adopts the servers that one before it left running", async () => {
    const before = warehouses.current.status().namespaces.map(({ processId }) => processId);
    await warehouses.current.handOver();
    const successor = await warehouses.reopen();
    await successor.restartAll();
    expect(successor.status().namespaces.map(({ processId }) => processId)).toEqual(before);
    warehouses.current = successor;
    expect(values(await (await warehouses.connect("consumer")).query("select count(*) from d.sales.orders"))).toEqual([
      "2",
    ]);
  });

  test("databases of another version of the sandbox are refused, with what to do", async () => {
    await warehouses.current.close();
    const file = warehouses.stateFile;
    const saved = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, saved.replace(/"templateVersion":"[0-9a-f]+"/, '"templateVersion":"older"'));
    const newer = await warehouses.reopen();
    await expect(newer.restartAll()).rejects.toThrow(/another version[\s\S]*npm run clean/);
    fs.writeFileSync(file, saved);
    warehouses.current = await warehouses.reopen();
    await warehouses.current.restartAll();
    expect(values(await (await warehouses.connect("consumer")).query("select count(*) from d.sales.orders"))).toEqual([
      "2",
    ]);
  });
});
