import { DialectError } from "../statements";
import { parseStatement } from ".";

/** How a text is refused; undefined when it is read. */
function refusal(sql: string): DialectError | undefined {
  try {
    parseStatement(sql);
  } catch (error) {
    if (error instanceof DialectError) return error;
    throw error;
  }
  return undefined;
}

/** What PostgreSQL has: named, so that its user need not guess what is wrong. The arrow stands before it. */
test.each([
  "select distinct »on (a) a from t",
  "select array»[1, 2]",
  "select a::int»[] from t",
  "select a»[1:2] from t",
  "select sum(a) »filter (where b) from t",
  "select f(variadic a) from t",
  "select f(a »=> 1) from t",
  "select sum(a »order by b) from t",
  "select sum(a) over »w from t window w as (order by b)",
  "select a from t »window w as (order by b)",
  "select sum(a) over (order by b »groups 1 preceding) from t",
  "select sum(a) over (order by b rows 1 preceding »exclude ties) from t",
  "select (a, b) »overlaps (c, d)",
  'select a »collate "C" from t',
  "select a »operator(pg_catalog.+) b from t",
  "select a »-> 'b' from t",
  "select a »@> b from t",
  "select a »~* b from t",
  "select (a)».* from t",
  "select »row(1, 2)",
  "select »array(select 1)",
  "select a = any »(array(1, 2))",
  "select »b'101'",
  "select a between »symmetric 1 and 2 from t",
  "select a from t order by a »using <",
  "select a from t »for update",
  "select a from t »fetch first 3 rows only",
  "select a from t »tablesample system (1)",
  "select a from t, »lateral (select 1) x",
  "select a from »only t",
  "select a from »rows from (f())",
  "select a from f() »with ordinality",
  "select a from f() as x»(a int)",
  "select a from t intersect »all select b from u",
  "with x as »materialized (select 1) select * from x",
  "with x as (»delete from t) select 1",
  "with x as (select 1) »insert into t select 1",
  "insert into t values (1) »on conflict do nothing",
  "insert into t values (1) »returning a",
  "insert into t »as x values (1)",
  "update t set »(a, b) = (1, 2)",
  "update t set a = 1 »returning a",
  "delete from t where »current of c",
  "merge into t using u on t.a = u.a when matched »and t.b then delete",
  "merge into t using u on t.a = u.a when matched then »do nothing",
  "»table t",
])("%s", (marked) => {
  const place = marked.replace("variadic", "»variadic").indexOf("»");
  const fault = refusal(marked.replace("»", ""));
  expect(fault).toMatchObject({ sqlstate: "0A000" });
  expect(Math.abs(fault!.place! - place)).toBeLessThanOrEqual(9);
});

test.each([
  ["select a = b »is null from t"],
  ["select a || b »is null from t"],
  ["select a <> b || c» from t"],
  ["select a <= b like c» from t"],
  ["select a like b >= c» from t"],
])("versions of PostgreSQL group it differently: %s", (marked) => {
  expect(refusal(marked.replace("»", ""))).toMatchObject({
    sqlstate: "0A000",
    hint: expect.stringContaining("parentheses"),
  });
});

test.each([
  ["", "end of input", 0],
  ["select", "end of input", 6],
  ["select a from", "end of input", 13],
  ["select a from t where", "end of input", 21],
  ["selct 1", '"selct"', 0],
  ["select a,, b", '","', 9],
  ["select (a from t", '"from"', 10],
  ["select a b c from t", '"c"', 11],
  ["select a < b < c", '"<"', 13],
  ["select case end", '"end"', 12],
  ["select 'open", `"'open"`, 7],
  ["select * from t join u", "end of input", 22],
  ["select from from t", '"from"', 7],
  ["select a from t group a", '"group"', 16],
  ["insert t values (1)", '"t"', 7],
  ["delete t where", "end of input", 14],
  ["update t set a", "end of input", 14],
  ["select 1; select 2", '"select"', 10],
])("%s is a syntax error where it stops making sense", (sql, near, place) => {
  const fault = refusal(sql);
  expect(fault).toMatchObject({ sqlstate: "42601", place });
  expect(fault!.message).toContain(near);
});
