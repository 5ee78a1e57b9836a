import fc from "fast-check";
import { parseStatement } from "../grammar";
import { writeStatement } from "../postgres";
import { DialectError } from "../statements";
import { judged, ready } from "./judge";
import { sharedStatements } from "./statements";

beforeAll(ready);

const written = (sql: string): string => writeStatement(parseStatement(sql), sql.length);

test.each(sharedStatements)("PostgreSQL reads our text as it reads %s", (sql) => {
  const expected = judged(sql);
  expect(expected).toBeDefined();
  expect(judged(written(sql))).toEqual(expected);
});

test("what is written reads as itself", () => {
  for (const sql of sharedStatements) expect(written(written(sql))).toBe(written(sql));
});

/** Operands and operators in a row, as many as make a long expression. */
const operand = fc.constantFrom("a", "b", "1", "'x'", "$1", "(c)", "f(a)", "t.d", "x::int", "null");
const sign = fc.constantFrom("", "", "", "-", "+ ", "~", "not ", "@ ");
const infix = fc.constantFrom(
  ...[
    "or",
    "and",
    "=",
    "<>",
    "<",
    ">",
    "<=",
    ">=",
    "||",
    "&",
    "|",
    "#",
    "<<",
    ">>",
    "~",
    "!~",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
  ],
  ...[
    "like",
    "not like",
    "ilike",
    "similar to",
    "in (1, 2) and",
    "between 1 and",
    "at time zone",
    "is null or",
    "is distinct from",
  ],
);
const expressionText = fc
  .tuple(sign, operand, fc.array(fc.tuple(infix, sign, operand), { minLength: 1, maxLength: 6 }))
  .map(([first, start, rest]) => `${first}${start}${rest.map((part) => ` ${part[0]} ${part[1]}${part[2]}`).join("")}`);

test("operators group as in PostgreSQL, or are refused", () => {
  fc.assert(
    fc.property(expressionText, (text) => {
      const sql = `select ${text} from t`;
      let ours: string;
      try {
        ours = written(sql);
      } catch (error) {
        expect(error).toBeInstanceOf(DialectError);
        return;
      }
      expect(judged(ours)).toEqual(judged(sql));
    }),
    { numRuns: 1_000 },
  );
});

test("few of PostgreSQL's expressions are refused", () => {
  let read = 0;
  let refused = 0;
  for (const text of fc.sample(expressionText, { numRuns: 500, seed: 16 })) {
    const sql = `select ${text} from t`;
    if (judged(sql) === undefined) continue;
    read++;
    try {
      written(sql);
    } catch {
      refused++;
    }
  }
  expect(refused / read).toBeLessThan(0.3);
});
