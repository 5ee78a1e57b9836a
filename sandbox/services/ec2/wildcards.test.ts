import fc from "fast-check";
import { wildcards } from "./wildcards";

/** The rules themselves, tried one way after the other. */
function reference(pattern: readonly string[], text: readonly string[]): boolean {
  const [sign, ...rest] = pattern;
  if (sign === undefined) return text.length === 0;
  if (sign === "*" || sign === "?") {
    const others = sign === "*" ? pattern : rest;
    return reference(rest, text) || (text.length > 0 && reference(others, text.slice(1)));
  }
  return text[0] === sign.slice(-1) && reference(rest, text.slice(1));
}

test("finds what the rules find", () => {
  const sign = fc.constantFrom("a", "b", "*", "?", "\\*", "\\?", "\\\\", "\\a");
  const character = fc.constantFrom("a", "b", "*", "?", "\\");
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 7 }), fc.array(character, { maxLength: 7 }), (pattern, text) => {
      expect(wildcards(pattern.join(""))(text.join(""))).toBe(reference(pattern, text));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["database?????", "database", true],
  ["database?????", "database12345", true],
  ["database?????", "database123456", false],
  ["*database*", "my database", true],
  ["\\*amazon\\?\\\\", "*amazon?\\", true],
  ["a?c", "a\u{1f600}c", true],
  ["a*c", "a\n\nc", true],
  ["a.c", "abc", false],
  ["a\\", "a\\", true],
])("%j on %j is %s", (pattern, text, expected) => {
  expect(wildcards(pattern)(text)).toBe(expected);
});

test("many wildcards take no longer", () => {
  const startedAt = performance.now();
  for (const pattern of ["*a".repeat(100), "*".repeat(30), "*a".repeat(30), "?a".repeat(100)])
    wildcards(`${pattern}b`)("a".repeat(255));
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
