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
  expect(
    await run(
      "select pg_catalog.rs_sort_is_interleaved('airline.daily_revenue'::regclass), pg_catalog.rs_sort_is_interleaved('airline.bookings'::regclass)",
    ),
  ).toEqual([["t", "f"]]);
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
