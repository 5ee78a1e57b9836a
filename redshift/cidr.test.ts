import fc from "fast-check";
import { contains, firstBlocks, isCidr, overlap, prefixOf } from "./cidr";

test.each([
  ["10.0.0.0/16", "10.0.254.0/23", true],
  ["10.0.0.0/23", "10.0.0.0/16", false],
  ["10.0.0.0/23", "10.0.2.0/23", false],
  ["0.0.0.0/0", "192.168.0.0/24", true],
])("%s holds all of %s: %s", (outer, inner, expected) => {
  expect(contains(outer, inner)).toBe(expected);
});

test.each([
  "",
  "10.0.0.0",
  "10.0.0.0/",
  "10.0.0.0/33",
  "10.0.0/16",
  "10.0.1.0/23",
  "010.0.0.0/8",
  "256.0.0.0/8",
  "::/0",
])("%p is no block", (text) => {
  expect(isCidr(text)).toBe(false);
  expect(overlap(text, "0.0.0.0/0")).toBe(false);
});

test("blocks of a block lie in it, beside one another, up to the last address", () => {
  const layout = fc.record({ outer: fc.integer({ min: 0, max: 30 }), more: fc.integer({ min: 0, max: 4 }) });
  fc.assert(
    fc.property(layout, ({ outer, more }) => {
      const cidr = `128.0.0.0/${Math.max(1, outer)}`;
      const prefix = Math.min(32, prefixOf(cidr) + more);
      const count = 2 ** (prefix - prefixOf(cidr));
      const blocks = firstBlocks(cidr, prefix, count) ?? [];
      expect(new Set(blocks).size).toBe(count);
      for (const [at, block] of blocks.entries()) {
        expect([block, isCidr(block), contains(cidr, block)]).toEqual([block, true, true]);
        if (at > 0) expect(overlap(blocks[at - 1]!, block)).toBe(false);
      }
      expect(firstBlocks(cidr, prefix, count + 1)).toBeUndefined();
    }),
  );
});
