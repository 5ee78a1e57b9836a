import { rewrite } from "./rewrite";

const context = { database: "dev", sharedDatabases: new Set(["shared"]) };
const guid = "13b8833d-17c6-4f16-8fe4-1a018f5ed00d";

/** The one statement a text becomes. */
function one(sql: string) {
  const results = rewrite(sql, context);
  expect(results).toHaveLength(1);
  return results[0]!;
}

test.each([
  // Names
  ["select * from shared.public.orders o", 'select * from "shared$public"."orders" as "o"'],
  ['select "shared"."S".t.c from "shared"."S".t', 'select "shared$S"."t"."c" from "shared$S"."t"'],
  ["select shared.t.c from shared.t, dev.public.u", 'select "shared"."t"."c" from "shared"."t", "public"."u"'],
  ["create view v as select 1 from shared.a.b with no schema binding", 'create view v as select 1 from "shared$a"."b"'],
  ["select * into #stage from #source", 'select * into temporary "#stage" from "#source"'],
  ["create table if not exists #s (a int)", 'create temp table if not exists "#s" (a int)'],
  // Statements with a query in them
  ["explain select nvl(a, 1) from t", 'explain select coalesce("a", 1) from "t"'],
  [
    "create table u distkey (a) as (select nvl(a, 1) as a from t)",
    expect.stringMatching(/^create table u +as \(select coalesce\("a", 1\) as "a" from "t"\)/),
  ],
  ["declare c cursor for select top 2 a from t", 'declare c cursor for select "a" from "t" limit 2'],
  ["prepare p as insert into shared.s.t values ($1)", 'prepare p as insert into "shared$s"."t" values ($1)'],
  // Settings, maintenance, grants
  ["set query_group to 'etl'", "set rs.query_group to 'etl'"],
  ["set readonly = 1", "set session characteristics as transaction read only"],
  ["vacuum delete only t to 75 percent boost", "vacuum t"],
  ["analyze t predicate columns", "analyze t"],
  ["create role r", 'create role "r" nologin in role rs_role'],
  ["create group g with user a, b", 'create role "g" nologin in role rs_group user "a", "b"'],
  ["grant role r to u", "grant  r to u"],
  ["grant select on shared.s.t to role r, group g", 'grant select on "shared$s".t to  r, group g'],
  ["refresh materialized view v restrict", "refresh materialized view v"],
  // Catalogs alone
  ["select c.relhasoids, p.proisagg from pg_class c", "select false, (p.prokind = 'a') from pg_class c"],
  [
    "select nvl(relname, 'x') from pg_class where relname ~~ 'a%'",
    "select coalesce(relname, 'x') from pg_class where relname ~~ 'a%'",
  ],
])("%s", (sql, expected) => {
  const result = one(sql);
  expect(result.kind === "sql" && result.text.trim()).toEqual(expected);
});

test.each(["select 1; select 2", "begin; savepoint s", "select relname from pg_class -- nvl(a, b)"])(
  "is left alone: %s",
  (sql) => {
    expect(rewrite(sql, context)).toEqual([{ kind: "sql", text: sql, source: sql }]);
  },
);

test.each([
  ["select a from t, pg_class where a ~~ b", "0A000"],
  ["select a from (select b from t) x, pg_class where a ~~ b", "0A000"],
  ["with pg_x as (select 1 from t for update) select 1 from pg_x", "0A000"],
  ["select a frm pg_class", "42601"],
])("what cannot be read passes only where catalogs alone are asked: %s", (sql, sqlstate) => {
  expect(one(sql)).toMatchObject({ kind: "statement", name: "unsupported", args: { sqlstate } });
});

test("tables keep their distribution and sorting in a comment that no name can end", () => {
  const result = one(
    'create table s.t (a int distkey, "*/x" int, primary key (a)) interleaved sortkey (a, "*/x") encode auto',
  );
  if (result.kind !== "sql") throw new Error("not SQL");
  expect(result.text).toMatch(/^create table s\.t \(a int ?, "\*\/x" int, primary key \(a\)\) +\/\*redshift:.*\*\/$/);
  expect(JSON.parse(/redshift:(.*)\*\//.exec(result.text)![1]!)).toEqual({
    table: "t",
    diststyle: "key",
    distkey: "a",
    sortstyle: "interleaved",
    sortkey: ["a", "*/x"],
    encodings: { "*": "auto" },
  });
});

test("a simple query of several statements comes back one by one", () => {
  expect(rewrite("begin; create datashare s; commit", context)).toMatchObject([
    { kind: "sql", text: "begin" },
    {
      kind: "statement",
      name: "create-datashare",
      args: { share: "s", publicAccessible: false },
      tag: "CREATE DATASHARE",
    },
    { kind: "sql", text: " commit" },
  ]);
});

const objects = [
  { kind: "table", schema: "a", name: "t" },
  { kind: "table", schema: "public", name: "u" },
];
const from = { share: "s", account: undefined, namespace: guid, withPermissions: true };
test.each([
  ["create datashare s set publicaccessible = true", "create-datashare", { share: "s", publicAccessible: true }],
  ["alter datashare s add table a.t, u", "alter-datashare", { share: "s", change: { type: "add", objects } }],
  [
    "alter datashare s remove all tables in schema a",
    "alter-datashare",
    { share: "s", change: { type: "remove", objects: [{ kind: "all-tables", schema: "a" }] } },
  ],
  [
    "alter datashare s add function a.f(int, varchar(3))",
    "alter-datashare",
    {
      share: "s",
      change: {
        type: "add",
        objects: [{ kind: "function", schema: "a", name: "f", arguments: ["int", "varchar(3)"] }],
      },
    },
  ],
  [
    "alter datashare s set includenew true for schema a",
    "alter-datashare",
    { share: "s", change: { type: "set-include-new", schema: "a", includeNew: true } },
  ],
  ["drop datashare s", "drop-datashare", { share: "s" }],
  [
    `grant usage on datashare s to namespace '${guid.toUpperCase()}'`,
    "grant-datashare",
    { share: "s", privilege: "usage", to: { kind: "namespace", namespace: guid } },
  ],
  [
    "revoke usage on datashare s from account '123456789012' via data catalog",
    "revoke-datashare",
    { share: "s", privilege: "usage", to: { kind: "account", account: "123456789012", viaDataCatalog: true } },
  ],
  [
    `create database d from datashare s of namespace '${guid}' with permissions`,
    "create-database",
    { database: "d", from },
  ],
  [
    `create database d with permissions from datashare s of namespace '${guid}'`,
    "create-database",
    { database: "d", from },
  ],
  ["drop database if exists d", "drop-database", { database: "d", ifExists: true, force: false }],
  [
    "grant usage on database shared to role r, public",
    "grant-database-usage",
    {
      database: "shared",
      grantees: [
        { kind: "role", name: "r" },
        { kind: "public", name: "public" },
      ],
    },
  ],
  [
    "revoke select for tables in schema shared.a from u",
    "revoke-scoped",
    { privilege: "select", scope: "tables", database: "shared", schema: "a", grantees: [{ kind: "user", name: "u" }] },
  ],
  [
    "create user u with password disable createuser in group g",
    "create-user",
    { user: "u", password: { kind: "disabled" }, options: { superuser: true, groups: ["g"] } },
  ],
  [
    `create user u password 'sha256|${"ab".repeat(32)}|${"CD".repeat(32)}'`,
    "create-user",
    { user: "u", password: { kind: "sha256", digest: "ab".repeat(32), salt: "CD".repeat(32) }, options: {} },
  ],
  [
    "create user u password 'sha256|Mypassword1'",
    "create-user",
    { user: "u", password: { kind: "clear-sha256", password: "Mypassword1" }, options: {} },
  ],
  [
    "alter user u password 'it''s' valid until 'infinity'",
    "alter-user",
    { user: "u", password: { kind: "clear", password: "it's" }, options: { validUntil: "infinity" } },
  ],
  ["alter user u rename to v", "alter-user", { user: "u", rename: "v", options: {} }],
  ["drop user a, b", "drop-user", { users: ["a", "b"], ifExists: false }],
])("%s", (sql, name, args) => {
  expect(one(sql)).toMatchObject({ kind: "statement", name, args, source: sql });
});

test.each([
  ["copy t from 's3://bucket/key' iam_role default", "0A000"],
  ["unload ('select 1') to 's3://bucket/key' iam_role default", "0A000"],
  ["create external schema e from data catalog", "0A000"],
  ["create model m from t target y function f", "0A000"],
  ["select * from t pivot (avg(p) for q in ('a'))", "0A000"],
  ["create function f(a int) returns int stable as $$ return a $$ language plpythonu", "0A000"],
  ["alter table t append from u", "0A000"],
  ["create table t (g geometry)", "0A000"],
  ["grant drop on table t to u", "0A000"],
  ["grant usage on datashare s to namespace 'arn:aws:redshift:…'", "22023"],
  ["create datashare s nonsense", "42601"],
  [`create user u password 'sha256|${"ab".repeat(32)}|salt'`, "22023"],
  [`create user u password 'sha256|${"ab".repeat(32)}|${"cd".repeat(16)}'`, "22023"],
  ["select dateadd(fortnight, 1, d)", "22023"],
])("is refused: %s", (sql, sqlstate) => {
  expect(one(sql)).toMatchObject({ kind: "statement", name: "unsupported", args: { sqlstate } });
});

test("queries of drivers may use a name of their list in WHERE", () => {
  const result = one(
    "SELECT current_database() AS TABLE_CAT, n.nspname AS TABLE_SCHEM FROM pg_catalog.pg_namespace n WHERE TABLE_SCHEM LIKE 'a%'",
  );
  expect(result.kind === "sql" && result.text).toMatch(/WHERE \(n\.nspname\) LIKE 'a%'$/);
});

test.each([
  ["names of three parts", "select top 1 ", "a.b.c, ", "x"],
  ["calls", "select ", "dateadd(day, 1, nvl(a, b)), ", "1"],
  ["rows", "insert into t values ", "(1, sysdate), ", "(1, sysdate)"],
])("a list of %s ten times as long takes no more than its length accounts for", (_, start, item, end) => {
  const took = (characters: number) => {
    const text = start + item.repeat(Math.ceil(characters / item.length)) + end;
    const begun = process.cpuUsage();
    expect(one(text)).toMatchObject({ kind: "sql" });
    const { user, system } = process.cpuUsage(begun);
    return user + system;
  };
  took(20_000);
  // A cost that grew with the square of the length would be a hundredfold.
  expect(took(200_000) / Math.max(took(20_000), 10_000)).toBeLessThan(50);
});
