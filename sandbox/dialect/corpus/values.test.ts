import type { Client } from "pg";
import { TestServer } from "../compatibility/testing";
import { rewrite } from "../rewrite";
import postgresFunctions from "../semantics/functions/postgres-functions.json";
import { rules } from "../semantics/functions/rules";
import { knownFunctions } from "../semantics/functions/table";

const context = { database: "dev", sharedDatabases: new Set<string>() };
const asText = { getTypeParser: () => String };

let server: TestServer;
let client: Client;

beforeAll(async () => {
  server = await TestServer.start();
  client = await server.connect();
  await client.query(`
    create table line (id int, name varchar(20), qty smallint, price numeric(8, 2), big bigint, ratio float8, day date, at timestamp, doc jsonb);
    insert into line values
      (1, 'one', 3, 10.00, 10, 0.5, '2026-01-31', '2026-01-31 10:00', '{"sku": "a", "n": 1, "tags": ["x", "y"], "size": {"w": 2}}'),
      (2, 'two', 4, 9.99, 12, 1.5, '2026-02-28', '2026-02-28 23:59', '{"sku": "b", "n": 2, "tags": []}'),
      (3, null, 6, 8.49, 12, null, null, null, null);
    create function public.doubled(int) returns int language sql immutable as 'select $1 * 2'`);
}, 60_000);

afterAll(async () => {
  await client?.end();
  await server?.stop();
});

async function run(sql: string): Promise<{ names: string[]; rows: (string | null)[][] }> {
  const [statement] = rewrite(sql, context);
  if (statement?.kind !== "sql") throw new Error(`${statement?.name} ${JSON.stringify(statement?.args)}`);
  const { fields, rows } = await client.query<(string | null)[]>({
    text: statement.text,
    rowMode: "array",
    types: asText,
  });
  return { names: fields.map((field) => field.name), rows };
}

/** Each with the page that says so, below https://docs.aws.amazon.com/redshift/latest/dg/ */
test.each([
  // r_AVG: integers give BIGINT, decimals their own scale
  ["select avg(qty), avg(big), avg(price), avg(ratio) from line", ["4", "11", "9.49", "1"]],
  ["select avg(x) from (select 1 as x union all select 2)", ["1"]],
  ["select avg(qty) over (order by id) from line where id = 1", ["3"]],
  // r_numeric_computations201
  [
    "select 7 / 2, 10.00::decimal(10, 2) / 3, 1.0 / 3, 1::float8 / 4",
    ["3", "3.3333333333333", "0.333333333333", "0.25"],
  ],
  ["select 1.25 * 1.5, 1.25 + 1.5", ["1.875", "2.75"]],
  // r_CONCAT, r_concat_op
  [
    "select concat('a', null), concat('a', 'b'), 'a' + 'b', name + '!' from line where id = 1",
    [null, "ab", "ab", "one!"],
  ],
  // r_DATE_TRUNC: a TIMESTAMP, also of a DATE
  [
    "select date_trunc('month', day), date_trunc('month', '2026-03-05') from line where id = 1",
    ["2026-01-01 00:00:00", "2026-03-01 00:00:00"],
  ],
  // r_EXTRACT_function, r_DATE_PART_function
  [
    "select extract(year from at), extract(second from getdate()) < 60, date_part(dow, day) from line where id = 1",
    ["2026", "t", "6"],
  ],
  // r_ADD_MONTHS, r_DATEADD_function, r_DATEDIFF_function
  [
    "select add_months('2026-02-28', 1), dateadd(month, 1, day), datediff(month, day, '2026-03-01') from line where id = 1",
    ["2026-03-31 00:00:00", "2026-02-28 00:00:00", "2"],
  ],
  // c_Supported_data_types, implicit conversions
  ["select left(20240101, 4), len(12345), upper(12), 1 where 1", ["2024", "5", "12", "1"]],
  ["select case when 1 then 'y' end, not 0, 2024 like '20%'", ["y", "t", "t"]],
  ["select sysdate - 1 < sysdate, getdate() + 1 > getdate()", ["t", "t"]],
  // query-super: paths, what is missing is null
  [
    "select l.doc.sku, l.doc.tags[1], l.doc.size.w::int + 1, l.doc.none.more from line l where l.doc.n = 1",
    ['"a"', '"y"', "3", null],
  ],
  ["select doc['sku']::varchar, line.doc.sku from line where line.doc.sku = 'b'", ["b", '"b"']],
  ["select l.id, t, i from line l, l.doc.tags as t at i where i = 1", ["1", '"y"', "1"]],
  ["select k, v from line l, unpivot l.doc.size as v at k", ["w", "2"]],
  [
    "select array(1, 'a', null), object('k', 2), json_extract_path_text('bad', 'a', true)",
    ['[1, "a", null]', '{"k": 2}', null],
  ],
  // r_FROM_clause-pivot-unpivot-examples
  [
    "select * from (select id, name, qty from line) pivot (sum(qty) as total, count(*) as n for name in ('one', 'two' as second)) order by id limit 1",
    ["1", "3", "1", null, "0"],
  ],
  ["select * from (select name, qty from line) pivot (avg(qty) for name in ('one', 'two')) as p (a, b)", ["3", "4"]],
  [
    "select * from (select id, qty::int as q, big::int as b from line where id = 1) unpivot (value for what in (q, b as large)) where what = 'large'",
    ["1", "large", "10"],
  ],
  // r_SELECT_list
  ["select * exclude (b), x.* exclude (a, c) from (select 1 as a, 2 as b, 3 as c) x", ["1", "3", "2"]],
  // r_GROUP_BY_clause
  ["select qty > 3, count(*) from line group by all order by 2 limit 1", ["f", "1"]],
  ["select public.doubled(4), doubled(5)", ["8", "10"]],
])("%s", async (sql, row) => {
  expect((await run(sql)).rows).toEqual([row]);
});

test("columns are called as in Redshift", async () => {
  const { names } = await run(
    `select 1, dateadd(day, 1, at), datediff(day, at, at), nvl(qty, 1), decode(id, 1, 2), qty::int, avg(1) over (), extract(year from at),
       (select max(id) from line), id = 1, doc.sku, 'a'::varchar, line.price, sysdate, Id from line limit 1`.replace(
      "doc.sku",
      "line.doc.sku",
    ),
  );
  expect(names).toEqual(
    "?column? date_add date_diff coalesce case qty avg date_part max ?column? sku varchar price sysdate id".split(" "),
  );
});

test.each([
  ["select array_agg(id) from line", "42883"],
  ["select string_agg(name, ',') from line", "42883"],
  ["select gen_random_uuid()", "42883"],
  ["select id from line where now() > at", "0A000"],
  ["insert into line (id) select generate_series(1, 3)", "0A000"],
  ["select fnv_hash(name) from line", "0A000"],
  ["select id::uuid from line", "42704"],
  ["select name::jsonb from line", "42704"],
  ["select pg_catalog.rs_average(1, 2)", "42883"],
  ["select id.x from (select 1::int as id)", "42809"],
  ["values (1, 2)", "0A000"],
  ["select * exclude (id) from line", "0A000"],
  ["select * from line pivot (sum(qty) for name in ('one'))", "0A000"],
  ["select id from line where id = 1(+)", "0A000"],
  ["select id from line connect by prior id = qty", "0A000"],
  ["merge into line using (select 1 as a) u on line.id = u.a remove duplicates", "0A000"],
  ["select try_cast(name as int) from line", "0A000"],
  ["select first_value(id) ignore nulls over (order by id) from line", "0A000"],
  ["delete from pg_class", "42501"],
])("PostgreSQL's, not Redshift's: %s", (sql, sqlstate) => {
  expect(rewrite(sql, context)).toMatchObject([{ kind: "statement", name: "unsupported", args: { sqlstate } }]);
});

test("the names of PostgreSQL's functions are those of the server", async () => {
  const { rows } = await client.query<{ names: string }>(
    `select string_agg(name, ' ' order by name collate "C") as names
     from (select distinct proname::text as name from pg_proc where oid < 16384 and pronamespace = 'pg_catalog'::regnamespace) own`,
  );
  expect(postgresFunctions.names).toBe(rows[0]!.names);
});

test("each function of the table is there, or has a rule", async () => {
  const { rows } = await client.query<{ proname: string }>("select distinct proname from pg_proc");
  const there = new Set(rows.map((row) => row.proname));
  const grammar = new Set(["coalesce", "nullif", "greatest", "least", "pg_get_late_binding_view_cols", "pg_get_cols"]);
  const absent = [...knownFunctions()]
    .map(([name]) => name)
    .filter((name) => !there.has(name) && !rules.has(name) && !grammar.has(name));
  expect(absent).toEqual([]);
});
