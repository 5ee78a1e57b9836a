import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stubApi } from "../testing/stub-api";
import { migrationConflicts } from "./conflicts";
import { describeMigrations } from "./declared";
import { applyMigrations } from "./migrate";
import { type MigrationEntry, migrationFile, readMigrationFiles, schemaRevision } from "./migration-files";
import { placedStatements, splitStatements } from "./statements";

test("a file is split at its own semicolons only", () => {
  const sql = `-- first; not yet
    CREATE TABLE a (x varchar DEFAULT ';''\\';');
    /* ; /* ; */ */ INSERT INTO "a;""b" VALUES ($$;$$, $t$ ; $$ $t$);
    ;; -- nothing more`;
  expect(splitStatements(sql).map((each) => each.replace(/\s+/g, " "))).toEqual([
    "-- first; not yet CREATE TABLE a (x varchar DEFAULT ';''\\';')",
    '/* ; /* ; */ */ INSERT INTO "a;""b" VALUES ($$;$$, $t$ ; $$ $t$)',
  ]);
});

/** A database that keeps the bookkeeping table, in transactions. */
function database(failing?: RegExp, message = "ERROR: broken") {
  let rows: MigrationEntry[] | undefined;
  const applied: string[] = [];
  const insert = /^INSERT INTO public\."fleet_schema_migrations" .* VALUES \((\d+), '(\w+)', '(\w+)'\)$/;
  const stub = stubApi((sql) => {
    if (sql.includes("svv_redshift_tables")) return rows ? [{ table_name: "fleet_schema_migrations" }] : [];
    if (/^SELECT version/.test(sql)) return rows!.map((row) => ({ ...row }));
    if (/^CREATE TABLE IF NOT EXISTS public/.test(sql)) rows ??= [];
    else if (failing?.test(sql)) return new Error(message);
    else {
      const entry = insert.exec(sql);
      if (entry) rows!.push({ version: Number(entry[1]), name: entry[2]!, checksum: entry[3]! });
      else applied.push(sql);
    }
    return undefined;
  });
  return { ...stub, applied, rows: () => rows };
}

const one = migrationFile("0001_one.sql", "CREATE TABLE a (x int);\nCREATE TABLE b (x int);");
const two = migrationFile("0002_two.sql", "CREATE TABLE c (x int);");

test("files are applied once, in order, each in one transaction with its row", async () => {
  const { api, sent } = database();
  const first = await applyMigrations(api, [one, two]);
  expect(first.map((entry) => entry.version)).toEqual([1, 2]);
  expect(sent.slice(1).map((statements) => statements.length)).toEqual([3, 2]);
  expect(sent[2]).toEqual([
    "CREATE TABLE c (x int)",
    `INSERT INTO public."fleet_schema_migrations" (version, name, checksum) VALUES (2, 'two', '${two.checksum}')`,
  ]);
  const before = sent.length;
  expect(await applyMigrations(api, [one, two])).toEqual(first);
  expect(sent).toHaveLength(before);
});

test("a failing file says which it is, and those before it stay applied", async () => {
  const broken = database(/TABLE c/);
  await expect(applyMigrations(broken.api, [one, two])).rejects.toThrow(
    /Schema file 0002_two\.sql(, line 1,)? failed and was rolled back: ERROR: broken/,
  );
  expect(broken.rows()?.map((row) => row.version)).toEqual([1]);
});

test("of a failing file it shows the statement that failed, shortened, with its line", async () => {
  const columns = Array.from({ length: 40 }, (_, at) => `  column_${at} int`).join(",\n");
  const file = migrationFile(
    "0003_wide.sql",
    `-- what it is for;\nCREATE TABLE a (x int);\n\n-- wide\nCREATE TABLE wide (\n${columns}\n);\nSELECT 1;`,
  );
  const { api } = database(/TABLE wide/);
  const error: unknown = await applyMigrations(api, [file]).catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(
    /^SqlError: Schema file 0003_wide\.sql, line 5, failed and was rolled back: ERROR: broken/,
  );
  expect(String(error)).toMatch(/remedy: Correct 0003_wide\.sql at line 5, which may be edited/);
  expect(String(error)).toMatch(/statement: CREATE TABLE wide \(\n\s+column_0 int,\n/);
  expect(String(error)).not.toMatch(/column_9|TABLE a|SELECT 1|fleet_schema_migrations/);
});

test("statements are placed where they begin behind their comments, however a file's lines end", () => {
  const placed = placedStatements("/* a\n;\n*/ SELECT 1;\r\n-- b\r\n\r\n$$x$$; SELECT 2");
  expect(placed.map(({ bare, line }) => [bare, line])).toEqual([
    ["SELECT 1", 3],
    ["$$x$$", 6],
    ["SELECT 2", 6],
  ]);
});

test("what another session was in the way of is no fault of the file", async () => {
  const { api } = database(/TABLE c/, "ERROR: 1023 Serializable isolation violation on table");
  await expect(applyMigrations(api, [one, two])).rejects.toThrow(/remedy: Another session changes the same database/);
});

test("an edited file is an error that names it and both checksums, before anything is sent", async () => {
  const { api, sent } = database();
  await applyMigrations(api, [one]);
  const before = sent.length;
  const edited = migrationFile("0001_one.sql", `${one.sql} -- edited`);
  const failure = applyMigrations(api, [edited, two]);
  await expect(failure).rejects.toThrow(/0001_one\.sql/);
  await expect(failure).rejects.toThrow(new RegExp(`${one.checksum}.*${edited.checksum}`));
  expect(sent).toHaveLength(before);
});

test("a removed file and one put in between are errors too", () => {
  const [first, second] = [one, two].map(({ version, name, checksum }) => ({ version, name, checksum }));
  expect(migrationConflicts([first!, second!], [second!])[0]).toMatchObject({
    path: "files.0001_one.sql",
    remedy: expect.stringContaining("back"),
  });
  expect(migrationConflicts([second!], [first!, second!])[0]?.rule).toMatch(/after version 2/);
  expect(migrationConflicts([first!], [first!, second!])).toEqual([]);
});

describe("a folder of files", () => {
  const folder = fs.mkdtempSync(join(tmpdir(), "schema-"));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test("shows every fault at once", () => {
    fs.writeFileSync(join(folder, "0001_a.sql"), "SELECT 1; COMMIT;");
    fs.writeFileSync(join(folder, "01_b.sql"), "-- nothing\n");
    fs.writeFileSync(join(folder, "tables.sql"), "SELECT 1");
    fs.writeFileSync(join(folder, "0003_many.sql"), "SELECT 1;".repeat(40));
    fs.writeFileSync(join(folder, "0004_big.sql"), `SELECT '${"x".repeat(100_000)}'`);
    fs.writeFileSync(join(folder, "0005_out.sql"), "-- why\nVACUUM airline.bookings;");
    expect(() => readMigrationFiles(folder)).toThrow(
      /tables\.sql: .*[\s\S]*same version[\s\S]*COMMIT[\s\S]*no statement[\s\S]*40 statements[\s\S]*bytes[\s\S]*VACUUM.*inside a transaction/,
    );
  });

  test("that is not there says so", () => {
    expect(() => readMigrationFiles(join(folder, "nowhere"))).toThrow(/no such folder/);
  });
});

test("line ends do not change a checksum", () => {
  expect(migrationFile("1_a.sql", "SELECT 1;\r\n").checksum).toBe(migrationFile("1_a.sql", "SELECT 1;\n").checksum);
});

test("another file is another revision, whose text says the last of them", () => {
  const entry = (version: number, checksum: string) => ({ version, name: "items", checksum });
  expect(schemaRevision([])).toBe("none");
  const one = schemaRevision([entry(1, "aaa")]);
  expect(one).toMatch(/^1 items [0-9a-f]{8}$/);
  expect(schemaRevision([entry(1, "aaa"), entry(2, "bbb")])).toMatch(/^2 items /);
  expect(schemaRevision([entry(1, "bbb")])).not.toBe(one);
});

test("the airline's files say what can be shared", () => {
  const declared = describeMigrations(readMigrationFiles(join(__dirname, "../../examples/airline/schema")));
  expect([...declared.get("airline")!.keys()].sort()).toEqual([
    "bookings",
    "daily_revenue",
    "dim_aircraft",
    "dim_airport",
    "dim_customer",
    "dim_date",
    "dim_flight",
    "flight_operations",
  ]);
  expect([...declared.get("airline")!.values()].every((table) => table.shareable)).toBe(true);
  expect(declared.get("airline_internal")?.get("route_searches")?.reason).toMatch(/interleaved/);
});

test("dropped tables, comments and quoted names are understood", () => {
  const sql = `CREATE TABLE s."Big ""T""" (x int); -- CREATE TABLE s.ghost (x int);
    CREATE SCHEMA s; CREATE TABLE s.a (x int); CREATE VIEW s.v AS SELECT 'interleaved sortkey'; DROP TABLE s.a; CREATE TABLE t (y int);`;
  const declared = describeMigrations([{ name: "x", sql }]);
  expect([...declared.get("s")!.entries()]).toEqual([["v", { shareable: true }]]);
  expect([...declared.get("public")!.keys()]).toEqual(["t"]);
});

test("what files drop, rename and make once more is not what they leave behind", () => {
  const files = [
    `CREATE SCHEMA IF NOT EXISTS s; CREATE TABLE s.a (x int); CREATE TABLE s.b (x int); CREATE TABLE "s".c (x int);
     CREATE TABLE s.d (x int) INTERLEAVED SORTKEY (x); CREATE SCHEMA gone; CREATE SCHEMA old; CREATE TABLE old.o (x int);`,
    `CREATE SCHEMA IF NOT EXISTS s; CREATE TABLE IF NOT EXISTS s.d (x int);
     DROP TABLE IF EXISTS s.a, "s"."b" CASCADE; ALTER TABLE s.c RENAME TO "C2"; ALTER TABLE s.nothing RENAME TO more;
     DROP SCHEMA gone; ALTER SCHEMA old RENAME TO new; CREATE TEMP TABLE scratch (x int); CREATE OR REPLACE VIEW s.v AS SELECT 1;`,
  ];
  const declared = describeMigrations(files.map((sql, at) => ({ name: String(at), sql })));
  expect([...declared].map(([schema, tables]) => [schema, [...tables.keys()].sort()])).toEqual([
    ["public", []],
    ["s", ["c2", "d", "v"]],
    ["new", ["o"]],
  ]);
  expect(declared.get("s")!.get("d")!.shareable).toBe(false);
});
