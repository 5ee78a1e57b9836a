import { rewrite } from "./rewrite";

const context = { database: "dev", sharedDatabases: new Set<string>() };
const text = (sql: string) => rewrite(sql, context).map((each) => (each.kind === "sql" ? each.text : each.name));

describe("catalogs without the sandbox's own entries", () => {
  test.each([
    ["select datname from pg_database", "select datname from pg_catalog.rs_visible_databases as pg_database"],
    [
      "select d.datname from pg_catalog.pg_database d where true",
      "select d.datname from pg_catalog.rs_visible_databases d where true",
    ],
    [
      "select 1 from pg_class c join pg_namespace on true, pg_catalog.pg_roles as r",
      "select 1 from pg_class c join pg_catalog.rs_visible_namespaces as pg_namespace on true, pg_catalog.rs_visible_roles as r",
    ],
    [
      "select 'pg_roles'::regclass, pg_roles from mine.pg_roles, pg_roles",
      `select cast('pg_roles' as regclass), "pg_roles" from "mine"."pg_roles", "pg_catalog"."rs_visible_roles" as "pg_roles"`,
    ],
    ["select extract(year from pg_roles) from pg_class", "select extract(year from pg_roles) from pg_class"],
  ])("%s", (said, run) => {
    expect(text(said)).toEqual([run]);
  });
});

test("numbers parameters of routines outside CASE, in drivers' queries only", () => {
  const series =
    "case when (a is null) then generate_series(1, b)-1 else generate_series(1, b+1)-1 end as pos from pg_class";
  const moved = "generate_series(1, case when (a is null) then b else b+1 end) -1 as pos from pg_class";
  expect(text(`select x AS PROCEDURE_SCHEM, ${series}`)).toEqual([`select x AS PROCEDURE_SCHEM, ${moved}`]);
  expect(text(`select ${series}`)).toEqual([`select ${series}`]);
});

describe("SHOW PARAMETERS", () => {
  test("asks for the routine of the given types", () => {
    const [shown] = text("show parameters of function dev.s.f(int, $1) like 'a%'");
    expect(shown).toContain("function_name = 'f'");
    expect(shown).toContain("argument_list = concat_ws(', ', format_type('int'::regtype, null), $1::text)");
    expect(shown).toContain("parameter_name like 'a%'");
  });

  test("asks for a routine without parameters, or for all of the name", () => {
    expect(text("show parameters of procedure dev.s.p()")[0]).toContain("argument_list = concat_ws(', ')");
    expect(text("show parameters of procedure dev.s.p")[0]).not.toContain("argument_list =");
  });
});
