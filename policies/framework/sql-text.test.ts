import { meaningOfSql, meaningOfText, startsAsSql } from "./sql-text";

const makesPublic = "ALTER DATASHARE a SET PUBLICACCESSIBLE TRUE";

describe("what SQL does", () => {
  test.each([
    ["a statement", makesPublic, makesPublic],
    ["comments", "-- no\nALTER /* not\nreally */DATASHARE a", "ALTER  DATASHARE a"],
    ["rows that quote one", `SELECT '${makesPublic}'; INSERT INTO notes VALUES ('it''s; ${makesPublic}')`, ""],
    ["one after rows", `SELECT '--'; ${makesPublic};`, makesPublic],
    ["one after a quoted name", `SELECT "';" FROM t; ${makesPublic}`, makesPublic],
    ["a name with a semicolon", 'ALTER DATASHARE "a;b" SET', 'ALTER DATASHARE "a,b" SET'],
    ["one that is run from a text", `CALL run('${makesPublic}')`, `CALL run('${makesPublic}')`],
    [
      "the body of a procedure",
      `CREATE PROCEDURE p() AS $$ BEGIN INSERT INTO log VALUES ('${makesPublic}'); EXECUTE '${makesPublic}'; END; $$`,
      `CREATE PROCEDURE p() AS  EXECUTE '${makesPublic}'; END`,
    ],
    ["in a transaction", `BEGIN; SELECT '${makesPublic}'; COMMIT`, "COMMIT"],
  ])("%s", (_what, sql, meaning) => expect(meaningOfSql(sql)).toBe(meaning));

  test("where a backslash may or may not hide a quote, both readings count", () => {
    expect(meaningOfSql(`SELECT 'a\\'; ${makesPublic}; --'`)).toContain(makesPublic);
    expect(meaningOfSql(`SELECT 'a\\''; ${makesPublic}; --'`)).toContain(makesPublic);
  });
});

describe("what SQL in a text of another language does", () => {
  const says = /PUBLICACCESSIBLE\s+TRUE/;
  test.each([
    ["in JSON", JSON.stringify({ Sql: "ALTER DATASHARE a SET PUBLICACCESSIBLE\nTRUE" })],
    [
      "in JSON within JSON",
      JSON.stringify(JSON.stringify({ Sql: "ALTER DATASHARE a SET PUBLICACCESSIBLE\r\n\tTRUE" })),
    ],
    ["in JSON, escaped by number", '{"Sql":"ALTER DATASHARE a SET PUBLICACCESSIBLE\\u000aTRUE"}'],
    ["in YAML, folded", "sql: >-\n  ALTER DATASHARE a\n  SET PUBLICACCESSIBLE\n    TRUE"],
    ["in a shell, over two lines", 'psql -c "ALTER DATASHARE a SET PUBLICACCESSIBLE \\\n  TRUE"'],
    ["in a here-document", `psql <<SQL\nselect 1;\n${makesPublic};\nSQL`],
    ["after a query in the same line", `psql -c "select 1" -c '${makesPublic}'`],
    ["after a query in single quotes", `psql -c 'select 1' && psql -c '${makesPublic}'`],
    ["after a query in a here-document", `psql <<SQL\nselect 1\nSQL\npsql -c '${makesPublic}'`],
    ["after options that look like comments", `aws redshift-data execute-statement --sql "${makesPublic}"`],
  ])("%s", (_where, text) => expect(meaningOfText(text)).toMatch(says));

  test.each([
    ["a query", `psql -c "select '${makesPublic}'"`],
    ["an insert in JSON", JSON.stringify({ Sql: `insert into notes values ('${makesPublic}')` })],
    ["an insert in a here-document", `psql <<SQL\ninsert into notes\nvalues ('${makesPublic}');\nSQL`],
  ])("but not what %s only quotes", (_where, text) => expect(meaningOfText(text)).not.toMatch(says));
});

test.each([
  ["-- first\n/* then */ create datashare a", true],
  ["psql -c 'create datashare a'", false],
  ["createdb airline", false],
])("%j is SQL from its beginning: %s", (text, whole) => expect(startsAsSql(text)).toBe(whole));
