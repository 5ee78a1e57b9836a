import fc from "fast-check";
import { SortedKeys } from "./sorted-keys";
import { compareUtf8 } from "./utf8-order";

/** Few characters, so that keys share prefixes, from every range in which the two orders differ. */
const key = fc
  .array(fc.constantFrom("a", "b", "/", "é", "\u{d7ff}", "\u{e000}", "\u{ffff}", "\u{10000}", "\u{1f600}"), {
    minLength: 1,
    maxLength: 6,
  })
  .map((characters) => characters.join(""));

test("the order is that of the UTF-8 bytes", () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 2_000 },
  );
});

test("keys are found as in a sorted list, after any additions and deletions", () => {
  const step = fc.record({ add: fc.boolean(), keys: fc.array(key, { maxLength: 12 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), key, (steps, asked) => {
      const sorted = new SortedKeys();
      const model = new Set<string>();
      for (const { add, keys } of steps) {
        for (const each of keys) {
          if (add && !model.has(each)) sorted.add(each);
          if (!add) sorted.delete(each);
          if (add) model.add(each);
          else model.delete(each);
        }
      }
      const expected = [...model].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(expected.map((_, index) => sorted.at(index))).toEqual(expected);
      expect(sorted.at(expected.length)).toBeUndefined();
      const notBefore = expected.filter((each) => compareUtf8(each, asked) >= 0);
      expect(sorted.indexOf(asked)).toBe(expected.length - notBefore.length);
      const behind = notBefore.filter((each) => !each.startsWith(asked));
      expect(sorted.indexAfterPrefix(asked)).toBe(expected.length - behind.length);
    }),
  );
});
