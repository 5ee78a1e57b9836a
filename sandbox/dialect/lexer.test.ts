import fc from "fast-check";
import { Draft } from "./draft";
import { lex, render } from "./lexer";
import { rewrite } from "./rewrite";
import { splitStatements } from "./split";

/** Pieces that make texts look like SQL, unfinished and odd ones included. */
const piece = fc.oneof(
  fc.constantFrom(
    "select",
    "from",
    "a",
    '"Q""x"',
    "'it''s'",
    "'a\\'b'",
    "E'\\n'",
    "$1",
    "$$ body ; $$",
    "$t$ $$ $t$",
    "1.5e-3",
    "::",
    "(",
    ")",
    ",",
    ";",
  ),
  fc.constantFrom(
    "/* c /* nested */ */",
    "-- line\n",
    "#stage",
    "a#b",
    "'open",
    '"open',
    "/* open",
    "$tag$ open",
    " ",
    "\n\t",
    ".",
    "\u00e9t\u00e9",
    "\u{1f600}",
  ),
  fc.string(),
);
const text = fc.array(piece).map((pieces) => pieces.join(" ".repeat(pieces.length % 2)));

test("every text comes back from its tokens", () => {
  fc.assert(fc.property(text, (sql) => expect(render(lex(sql))).toBe(sql)));
});

test("strings, names, parameters and comments are told apart", () => {
  const tokens = lex(`select E'x\\'y', "a""b", $2, $t$ $1 $t$ -- 'no'\n, 1.5, x::int, #tmp, a#b`);
  expect(tokens.map((token) => `${token.kind} ${token.value}`.trim())).toEqual([
    "word select",
    "string E'x\\'y'",
    "symbol ,",
    'quoted a"b',
    "symbol ,",
    "parameter $2",
    "symbol ,",
    "string $t$ $1 $t$",
    "symbol ,",
    "number 1.5",
    "symbol ,",
    "word x",
    "symbol ::",
    "word int",
    "symbol ,",
    "word #tmp",
    "symbol ,",
    "word a",
    "symbol #",
    "word b",
    "trailer",
  ]);
});

test("statements part at semicolons that are not inside something", () => {
  const parts = splitStatements(
    lex(
      "select ';', \";\"; /* ; */ ; create function f() returns int begin atomic select 1; select case when true then 2 end; end; select $$;$$",
    ),
  );
  expect(parts.map((part) => render(part).trim())).toEqual([
    "select ';', \";\"",
    "create function f() returns int begin atomic select 1; select case when true then 2 end; end",
    "select $$;$$",
  ]);
});

const context = { database: "dev", sharedDatabases: new Set(["shared"]) };
const word = fc.constantFrom(
  "sysdate",
  "nvl(a, b)",
  "dateadd(day, 1, x)",
  "shared.s.t",
  "top 5",
  "minus",
  "getdate()",
  "qualify",
  "x::super",
  "listagg(a, ',')",
);
const secret = fc.array(word, { minLength: 1 }).map((words) => words.join(" "));

test("what stands in strings and quoted names is never rewritten", () => {
  fc.assert(
    fc.property(secret, (inner) => {
      const kept = [`'${inner.replace(/'/g, "''")}'`, `"${inner}"`];
      const [result] = rewrite(
        `select sysdate, ${kept.join(" as ")} /* ${inner} */ from t where nvl(a, 1) = 1`,
        context,
      );
      for (const part of kept) expect(result?.kind === "sql" && result.text).toContain(part);
    }),
  );
});

test("what was rewritten once stays as it is", () => {
  const [once] = rewrite(
    "create table t (a int identity(1, 1) encode az64, s super, v varchar(max)) distkey (a) sortkey (a)",
    context,
  );
  if (once?.kind !== "sql") throw new Error("not SQL");
  expect(rewrite(once.text, context)).toMatchObject([{ kind: "sql", text: once.text }]);
});

test("no text makes the rewriting itself fail", () => {
  fc.assert(
    fc.property(text, secret, (before, after) =>
      expect(Array.isArray(rewrite(`${before} ${after}`, context))).toBe(true),
    ),
  );
});

test("parentheses that are never closed do not lead rules astray", () => {
  expect(new Draft("select nvl(a, (b").toString()).toBe("select nvl(a, (b");
  expect(rewrite("select nvl(a, (b", context)).toHaveLength(1);
});
