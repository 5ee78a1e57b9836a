import type { Client } from "pg";
import { TestServer } from "../compatibility/testing";
import { rewrite } from "../rewrite";
import { airlineSchema } from "./airline";
import { reports } from "./reports";

const context = { database: "dev", sharedDatabases: new Set<string>() };
const asText = { getTypeParser: () => String };

let server: TestServer;
let client: Client;

/** Runs what Redshift would run; rows as the wire's text. */
async function run(sql: string): Promise<(string | null)[][]> {
  let rows: (string | null)[][] = [];
  for (const statement of rewrite(sql, context)) {
    if (statement.kind !== "sql") throw new Error(`not SQL: ${statement.name} ${JSON.stringify(statement.args)}`);
    const result = await client.query<(string | null)[]>({ text: statement.text, rowMode: "array", types: asText });
    rows = result.rows;
  }
  return rows;
}

beforeAll(async () => {
  server = await TestServer.start();
  client = await server.connect();
  await run(airlineSchema);
}, 60_000);

afterAll(async () => {
  await client?.end();
  await server?.stop();
});

test.each(reports.map((report) => [report.title, report] as const))("report: %s", async (_, report) => {
  expect(await run(report.sql)).toEqual(report.rows);
});

test("distribution and sort keys show in the catalog", async () => {
  const info = `select "table", diststyle, sortkey1, sortkey_num, encoded from svv_table_info where schema = 'airline' order by 1`;
  expect(await run(info)).toEqual([
    ["bookings", "KEY(customer_key)", "travel_date", "2", "Y, AUTO(ENCODE)"],
    ["daily_revenue", "KEY(flight_key)", "INTERLEAVED", "2", "Y, AUTO(ENCODE)"],
    ["dim_airport", "ALL", "iata", "1", "Y"],
    ["dim_customer", "KEY(customer_key)", "AUTO(SORTKEY)", "0", "Y, AUTO(ENCODE)"],
    ["dim_flight", "ALL", "AUTO(SORTKEY)", "0", "Y, AUTO(ENCODE)"],
    ["flight_operations", "KEY(flight_key)", "scheduled", "1", "Y"],
  ]);
  await run("set search_path to airline");
  expect(
    await run(
      `select "column", type, encoding, distkey, sortkey, "notnull" from pg_table_def where tablename = 'dim_airport'`,
    ),
  ).toEqual([
    ["airport_key", "integer", "az64", "f", "0", "t"],
    ["iata", "character(3)", "none", "f", "1", "t"],
    ["city", "character varying(60)", "lzo", "f", "0", "f"],
    ["region", "character varying(65535)", "lzo", "f", "0", "f"],
  ]);
  await run("reset search_path");
  const interleaved = await client.query(
    "select pg_catalog.rs_sort_is_interleaved('airline.daily_revenue'::regclass) as yes, pg_catalog.rs_sort_is_interleaved('airline.bookings'::regclass) as no",
  );
  expect(interleaved.rows).toEqual([{ yes: true, no: false }]);
});

test("keys go with their transaction, follow renamed columns and change by ALTER TABLE", async () => {
  const keys = `select diststyle, sortkey1 from svv_table_info where "table" = 'moving'`;
  await run("begin; create table moving (a int, b int) distkey (a) sortkey (b); rollback");
  expect(await run(keys)).toEqual([]);
  await run("create table moving (a int, b int) distkey (a) sortkey (b)");
  await run("alter table moving rename column a to z");
  expect(await run(keys)).toEqual([["KEY(z)", "b"]]);
  await run("alter table moving alter sortkey (z, b), alter diststyle all");
  expect(await run(keys)).toEqual([["ALL", "z"]]);
  await expect(run("alter table moving alter distkey nowhere")).rejects.toThrow(/DISTKEY does not exist/);
});

test("keys are shown, and enforced as little as Redshift enforces them", async () => {
  await run("create table parent (a int primary key, b int unique, c int)");
  await run("create table child (a int references parent, b int references parent (b), primary key (a, b))");
  for (let times = 0; times < 2; times++)
    await run("insert into parent values (1, 2, 3); insert into child values (7, 8)");
  expect(await run("select count(*), count(distinct a) from parent")).toEqual([["2", "1"]]);
  // A join that PostgreSQL would leave out if it believed the key, and a search by the key's index.
  expect(await run("select count(*) from child left join parent on parent.a = child.a - 6")).toEqual([["4"]]);
  await run("set enable_seqscan to off");
  expect(await run("select count(*) from parent where a = 1")).toEqual([["2"]]);
  await run("reset enable_seqscan");
  await expect(run("insert into parent values (null, 1, 1)")).rejects.toThrow(/null value in column "a"/);
  await expect(run("create table stray (c int references parent (c))")).rejects.toThrow(/no unique constraint/);
  expect((await run("show constraints primary keys from table dev.public.child")).map((row) => row[3])).toEqual([
    "a",
    "b",
  ]);
  expect(
    (await run("show constraints foreign keys from table dev.public.child")).map((row) => [row[3], row[7]]),
  ).toEqual(
    expect.arrayContaining([
      ["a", "a"],
      ["b", "b"],
    ]),
  );
  await run("vacuum full parent; alter table parent drop constraint parent_b_key cascade; drop table child, parent");
});

test("SHOW forms and catalog views list what was made, and nothing of the sandbox", async () => {
  expect(await run("show schemas from database dev")).toEqual([
    ["dev", "airline", "10", "local", null, null, null],
    ["dev", "public", expect.any(String), "local", expect.any(String), null, null],
  ]);
  expect((await run("show tables from schema dev.airline like 'dim%'")).map((row) => row[2])).toEqual(
    expect.arrayContaining(["dim_airport", "dim_customer", "dim_flight"]),
  );
  expect((await run("show columns from table dev.airline.dim_customer")).map((row) => [row[3], row[7]])).toEqual([
    ["customer_key", "bigint"],
    ["name", "character varying"],
    ["tier", "character varying"],
    ["joined", "date"],
    ["preferences", "super"],
  ]);
  expect(await run("select database_name, database_type from svv_redshift_databases")).toEqual([["dev", "local"]]);
  expect((await run("show table airline.daily_revenue"))[0]?.[0]).toMatch(/INTERLEAVED SORTKEY \( day, flight_key \)/);
});

test("users, roles and groups are told apart", async () => {
  await run("create role analysts");
  await run("create group nightly");
  await client.query("create role ada login");
  await run("grant role analysts to ada; grant select on airline.dim_airport to role analysts");
  expect(await run("select role_name from svv_roles")).toEqual([["analysts"]]);
  expect(await run("select groname from pg_group")).toEqual([["nightly"]]);
  expect(await run("select user_name, role_name from svv_user_grants")).toEqual([["ada", "analysts"]]);
  expect(
    await run(
      "select relation_name, privilege_type, identity_name, identity_type from svv_relation_privileges where identity_name <> 'rdsdb'",
    ),
  ).toEqual([["dim_airport", "SELECT", "analysts", "role"]]);
});
