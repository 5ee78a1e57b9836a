import { meaningOfSql, meaningOfText, startsAsSql } from "./sql-text";

const PUBLIC = "ALTER DATASHARE a SET PUBLICACCESSIBLE TRUE";

describe("what SQL does", () => {
  test.each([
    ["a statement", PUBLIC, PUBLIC],
    ["comments", "-- no\nALTER /* not\nreally */DATASHARE a", "ALTER  DATASHARE a"],
    ["rows that quote one", `SELECT '${PUBLIC}'; INSERT INTO notes VALUES ('it''s; ${PUBLIC}')`, ""],
    ["one after rows", `SELECT '--'; ${PUBLIC};`, PUBLIC],
    ["one after a quoted name", `SELECT "';" FROM t; ${PUBLIC}`, PUBLIC],
    ["a name with a semicolon", 'ALTER DATASHARE "a;b" SET', 'ALTER DATASHARE "a,b" SET'],
    ["one that is run from a text", `CALL run('${PUBLIC}')`, `CALL run('${PUBLIC}')`],
    [
      "the body of a procedure",
      `CREATE PROCEDURE p() AS $$ BEGIN INSERT INTO log VALUES ('${PUBLIC}'); EXECUTE '${PUBLIC}'; END; $$`,
      `CREATE PROCEDURE p() AS  EXECUTE '${PUBLIC}'; END`,
    ],
    ["in a transaction", `BEGIN; SELECT '${PUBLIC}'; COMMIT`, "COMMIT"],
  ])("%s", (_what, sql, meaning) => expect(meaningOfSql(sql)).toBe(meaning));

  test("where a backslash may or may not hide a quote, both readings count", () => {
    expect(meaningOfSql(`SELECT 'a\\'; ${PUBLIC}; --'`)).toContain(PUBLIC);
    expect(meaningOfSql(`SELECT 'a\\''; ${PUBLIC}; --'`)).toContain(PUBLIC);
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
    ["in a here-document", `psql <<SQL\nselect 1;\n${PUBLIC};\nSQL`],
    ["after a query in the same line", `psql -c "select 1" -c '${PUBLIC}'`],
    ["after a query in single quotes", `psql -c 'select 1' && psql -c '${PUBLIC}'`],
    ["after a query in a here-document", `psql <<SQL\nselect 1\nSQL\npsql -c '${PUBLIC}'`],
    ["after options that look like comments", `aws redshift-data execute-statement --sql "${PUBLIC}"`],
  ])("%s", (_where, text) => expect(meaningOfText(text)).toMatch(says));

  test.each([
    ["a query", `psql -c "select '${PUBLIC}'"`],
    ["an insert in JSON", JSON.stringify({ Sql: `insert into notes values ('${PUBLIC}')` })],
    ["an insert in a here-document", `psql <<SQL\ninsert into notes\nvalues ('${PUBLIC}');\nSQL`],
  ])("but not what %s only quotes", (_where, text) => expect(meaningOfText(text)).not.toMatch(says));
});

test.each([
  ["-- first\n/* then */ create datashare a", true],
  ["psql -c 'create datashare a'", false],
  ["createdb airline", false],
])("%j is SQL from its beginning: %s", (text, whole) => expect(startsAsSql(text)).toBe(whole));
