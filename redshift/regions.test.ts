import { describeFault } from "./faults";
import { knownRegions, mayBeRegion, unknownRegion } from "./regions";

test("every Region there is may be one, and one that AWS adds may too", () => {
  for (const region of [...knownRegions, "eu-south-3", "ap-southwest-1"]) expect(mayBeRegion(region)).toBe(true);
});

test.each([
  ["us-eest-1", /must be a Region of AWS, but got "us-eest-1"\. Write `us-east-1`/],
  ["ue-west-1", /Write .*`eu-west-1`/],
  ["eu-centrall-1", /Write `eu-central-1`/],
  ["us-east1", /Write `us-east-1`/],
  ["us-east-11", /Write `us-east-1`/],
  ["Frankfurt", /Write it as in/],
  ["", /Write it as in/],
])("%j is none", (region, said) => {
  expect(mayBeRegion(region)).toBe(false);
  expect(describeFault(unknownRegion("aws:region", region))).toMatch(said);
});
