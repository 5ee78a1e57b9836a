import { containsBlock } from "./cidr";

test.each([
  ["10.0.0.0/16", "10.0.254.0/23", true],
  ["10.0.0.0/23", "10.0.0.0/16", false],
  ["10.0.0.0/23", "10.0.2.0/23", false],
  ["0.0.0.0/0", "192.168.0.0/24", true],
])("%s holds all of %s: %s", (outer, inner, expected) => {
  expect(containsBlock(outer, inner)).toBe(expected);
});
