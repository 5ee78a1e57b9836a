import { createHash } from "node:crypto";
import fc from "fast-check";
import {
  assertName,
  assertNamespaceGuid,
  InvalidNameError,
  nameFault,
  quoteIdentifier,
  quoteLiteral,
  quoteQualified,
  splitQualified,
} from "./identifiers";
import { digestForms, generatePassword } from "./readers/passwords";

type Token = { kind: "name" | "string" | "other"; value: string };

/** Reads SQL as Redshift does, written independently of the code under test: character by character, no patterns. */
function tokenize(sql: string, backslashEscapes: boolean): Token[] {
  const tokens: Token[] = [];
  const characters = [...sql];
  for (let i = 0; i < characters.length; ) {
    const quote = characters[i]!;
    if (quote !== "'" && quote !== '"') {
      tokens.push({ kind: "other", value: quote });
      i++;
      continue;
    }
    let value = "";
    let closed = false;
    for (i++; i < characters.length; ) {
      if (characters[i] === quote && characters[i + 1] === quote) {
        value += quote;
        i += 2;
      } else if (characters[i] === quote) {
        closed = true;
        i++;
        break;
      } else if (quote === "'" && backslashEscapes && characters[i] === "\\") {
        value += characters[i + 1] ?? "";
        i += 2;
      } else value += characters[i++];
    }
    if (!closed) throw new Error(`unterminated: ${sql}`);
    tokens.push({ kind: quote === '"' ? "name" : "string", value });
  }
  return tokens;
}

/** Compared by hand: `expect` is too slow for so many. */
function same(tokens: readonly Token[], ...expected: [Token["kind"], string][]): boolean {
  return (
    tokens.length === expected.length &&
    tokens.every(({ kind, value }, index) => kind === expected[index]![0] && value === expected[index]![1])
  );
}

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", ";", "-", "/", "*", "$", "\n", "a", ".", "%") }),
);
const sendable = (text: string) => !text.includes("\0") && !/\p{Surrogate}/u.test(text);
const name = nasty.filter((text) => sendable(text) && text.length > 0 && Buffer.byteLength(text) <= 127);
const runs = { numRuns: 30_000 };

test("no name gets out of its quotes", () => {
  fc.assert(
    fc.property(name, name, (schema, table) => {
      const tokens = tokenize(quoteQualified(schema, table), true);
      return same(tokens, ["name", schema], ["other", "."], ["name", table]);
    }),
    runs,
  );
});

test("no string gets out of its quotes, whether backslashes escape or not", () => {
  fc.assert(
    fc.property(nasty.filter(sendable), (text) => {
      const quoted = quoteLiteral(text);
      return same(tokenize(quoted, true), ["string", text]) && tokenize(quoted, false).length === 1;
    }),
    runs,
  );
});

test("no password digest gets out of its quotes, and none holds the password", () => {
  fc.assert(
    fc.property(
      nasty.filter((text) => sendable(text) && text.length >= 8),
      (password) => {
        const digests = Object.values(digestForms).flatMap((forms) => forms.map((form) => form(password, "bi")));
        return digests.every(
          (digest) =>
            same(tokenize(quoteLiteral(digest), true), ["string", digest]) &&
            /^(md5[0-9a-f]{32}|sha256\|[0-9a-f]{64}\|[0-9a-f]{64})$/.test(digest),
        );
      },
    ),
    // A digest is the same few characters for whatever password; hashing takes most of this file's time.
    { numRuns: 3_000 },
  );
});

test("generated passwords meet Redshift's rules and need no escaping anywhere", () => {
  for (let i = 0; i < 1_000; i++) {
    const password = generatePassword();
    expect(password).toMatch(/^[A-Za-z0-9_~-]{40}$/);
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/[A-Z]/);
    expect(password).toMatch(/[0-9]/);
  }
});

test("the md5 digest is the one of AWS's own example", () => {
  // https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html: password ez, user user1
  expect(digestForms.md5.map((form) => form("ez", "user1"))).toEqual(["md5153c434b4b77c89e6b94f12c5393af5b"]);
});

test("a sha256 digest is of the password and the salt's bytes, or else of the salt as it is written", () => {
  const [ofBytes, ofText] = digestForms.sha256.map((form) => form("Mypassword1", "bi").split("|"));
  const hash = (salt: Buffer | string) => createHash("sha256").update("Mypassword1").update(salt).digest("hex");
  expect(ofBytes).toEqual(["sha256", hash(Buffer.from(ofBytes![2]!, "hex")), expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(ofText).toEqual(["sha256", hash(ofText![2]!), expect.stringMatching(/^[0-9a-f]{64}$/)]);
});

test.each([["a\0b"], [""], ["x".repeat(128)], ["\ud800"]])("%j cannot be quoted as a name", (value) => {
  expect(() => quoteIdentifier(value)).toThrow(InvalidNameError);
});

test.each(['x"; DROP DATABASE fleet; --', "Sales", "1st", "a b", "", "ä", "a".repeat(128), "x'y"])(
  "%j may not name a datashare, and the refusal says what to do",
  (value) => {
    const fault = nameFault("datashare", value);
    expect(fault?.rule).toMatch(/^must /);
    expect(fault?.remedy).toMatch(/Rename it|Shorten it/);
    expect(() => assertName("datashare", value)).toThrow(InvalidNameError);
  },
);

test.each([
  ["user", "public"],
  ["role", "sys:superuser"],
  ["user", "rdsdb"],
  ["database", "template1"],
  ["database", "a".repeat(65)],
] as const)("a %s may not be called %s", (kind, value) => {
  expect(nameFault(kind, value)).toBeDefined();
});

test.each(["sales", "_x", "a1$", "a".repeat(64)])("%s is a fine name", (value) => {
  expect(nameFault("database", value)).toBeUndefined();
});

test("a namespace is named by its GUID, not its ARN", () => {
  expect(() => assertNamespaceGuid("0f6b1d4e-8a86-4a2a-9d3b-8d1c7e1f0a11")).not.toThrow();
  expect(() => assertNamespaceGuid("arn:aws:redshift-serverless:us-east-1:000000000000:namespace/0f6b")).toThrow(
    /not the ARN/,
  );
  expect(() => assertNamespaceGuid("' OR 1=1")).toThrow(/GUID/);
});

test("a qualified name is split at the longest known schema", () => {
  expect(splitQualified("a.b.c", ["a", "a.b"])).toEqual({ schema: "a.b", name: "c" });
  expect(splitQualified("other.t", ["a"])).toBeUndefined();
});
