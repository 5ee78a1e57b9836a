import { randomFrom } from "../../seeded-random";
import { redshiftStatements } from "../judge/redshift-statements";
import { sharedStatements } from "../judge/statements";
import { writeStatement } from "../postgres";
import { DialectError } from "../statements";
import { parseStatement } from ".";
import { deepest } from "./cursor";

test.each(redshiftStatements)("is read: %s", (sql) => {
  expect(() => parseStatement(sql)).not.toThrow();
});

const levels: readonly (readonly [name: string, of: (count: number) => string])[] = [
  ["parentheses", (count) => `select ${"(".repeat(count)}1${")".repeat(count)}`],
  ["sums", (count) => `select 1${" + 1".repeat(count)}`],
  ["signs", (count) => `select ${"- ".repeat(count)}1`],
  ["negations", (count) => `select ${"not ".repeat(count)}a`],
  ["calls", (count) => `select ${"f(".repeat(count)}1${")".repeat(count)}`],
  ["casts", (count) => `select 1${"::int".repeat(count)}`],
  ["paths", (count) => `select a${"[0]".repeat(count)}`],
  ["cases", (count) => `select ${"case when a then ".repeat(count)}1${" end".repeat(count)}`],
  ["subqueries", (count) => `select * from ${"(select * from ".repeat(count)}t${") x".repeat(count)}`],
  ["unions", (count) => `${"(select 1 union ".repeat(count)}select 1${")".repeat(count)}`],
  ["joins", (count) => `select 1 from t${" join t on a".repeat(count)}`],
  ["nested joins", (count) => `select 1 from ${"(".repeat(count)}t${")".repeat(count)}`],
  ["sums in sums", (count) => `select ${"(1 + 1 + ".repeat(count / 4)}1${")".repeat(count / 4)}`],
];

test.each(levels)("the depth of %s is counted, and never the stack's end", (_, of) => {
  expect(() => writeStatement(parseStatement(of(100)))).not.toThrow();
  for (const count of [4 * (deepest + 1), 10_000]) {
    expect(() => parseStatement(of(count))).toThrow("nested too deeply");
  }
});

test("breadth is not depth", () => {
  const or = `select 1 from t where a = 1${" or a = 1".repeat(10_000)}`;
  const rows = `insert into t values ${"(1, 'abc', 1.5), ".repeat(10_000)}(1, 'abc', 1.5)`;
  const among = `select 1 from t where a in (${"1, ".repeat(10_000)}1)`;
  const union = `select 1${" union all select 1".repeat(10_000)}`;
  for (const sql of [or, rows, among, union])
    expect(writeStatement(parseStatement(sql), sql.length).length).toBeGreaterThan(sql.length / 2);
});

const pieces = [
  ..."( ) , ' \" . * :: [ ] ; : $1 -- /* \\ #x = <> || - + select from where qualify pivot unpivot over null case end".split(
    " ",
  ),
  ..."as at not in is like between and or 1 .5 connect by union all exclude group with within interval array $$ e' top".split(
    " ",
  ),
];

test("any text, however broken, ends in a tree or in an error that says where", () => {
  const seed = Date.now() % 1_000_000;
  const random = randomFrom(seed);
  const statements = [...sharedStatements, ...redshiftStatements];
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  for (let times = 0; times < 5_000; times++) {
    let sql = one(statements);
    for (let changes = 0; changes <= random() * 3; changes++) {
      const at = Math.floor(random() * (sql.length + 1));
      const kind = random();
      if (kind < 0.4) sql = `${sql.slice(0, at)} ${one(pieces)} ${sql.slice(at)}`;
      else if (kind < 0.8) sql = sql.slice(0, at) + sql.slice(at + 1 + Math.floor(random() * 12));
      else sql = sql.slice(0, at) + one(statements).slice(0, 40) + sql.slice(at);
    }
    try {
      parseStatement(sql);
    } catch (error) {
      const known = error instanceof DialectError && typeof error.place === "number" && error.place <= sql.length;
      if (!known) throw new Error(`seed ${seed}, text ${times}: ${sql}`, { cause: error });
    }
  }
});
