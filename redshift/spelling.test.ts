import fc from "fast-check";
import { closest } from "./spelling";

const names = ["pool", "producer", "network", "readers", "datashares", "redshift-fleet"];

test.each([
  ["pools", "pool"],
  ["poool", "pool"],
  ["Pool", "pool"],
  ["prodcuer", "producer"],
  ["datashare", "datashares"],
  ["data-shares", "datashares"],
  ["redshift_fleet", "redshift-fleet"],
  ["redshift-flet", "redshift-fleet"],
  ["pulumi", undefined],
  ["aws", undefined],
  ["", undefined],
])("%j was meant to be %j", (word, meant) => expect(closest(word, names)).toBe(meant));

test("a name is closest to itself, and so is one with a character too many", () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), fc.constantFrom("x", "1"), (name, at, more) => {
      expect(closest(name, names)).toBe(name);
      const place = at % (name.length + 1);
      expect(closest(name.slice(0, place) + more + name.slice(place), names)).toBe(name);
    }),
  );
});
