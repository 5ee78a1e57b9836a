import { checks } from "./checks";
import type { Facts } from "./facts";
import { judge } from "./run";
import { balancerFaults } from "./testing/balancer-faults";
import { fleetWith } from "./testing/good-fleet";
import { shareFaults } from "./testing/share-faults";
import { warehouseFaults } from "./testing/warehouse-faults";

const found = (change: (facts: Facts) => void) =>
  judge(checks, fleetWith(change), {}, []).findings.map(({ check, what }) => `${check}: ${what}`);

test("a fleet as it should be has no findings, and every check was made", () => {
  const report = judge(checks, fleetWith(), {}, []);
  expect(report.findings).toEqual([]);
  expect(report.checks.map(({ state }) => state)).toEqual(checks.map(() => "ok"));
});

const faults = { ...warehouseFaults, ...shareFaults, ...balancerFaults };

test.each(Object.keys(faults))("%s", (name) => {
  const [change, ...expected] = faults[name]!;
  expect(found(change)).toEqual(expected);
});

test("every check has a fault that only it finds", () => {
  const proved = new Set(
    Object.values(faults).flatMap(([, ...findings]) => findings.map((text) => text.split(":")[0])),
  );
  expect(checks.map(({ id }) => id).filter((id) => !proved.has(id))).toEqual([]);
});

test("what could not be collected is a finding, and not judged", () => {
  const { ok, checks: judged, findings } = judge(checks, fleetWith(), { network: "AccessDenied" }, ["catalogs"]);
  expect(ok).toBe(false);
  expect(findings).toMatchObject([{ check: "collect", cause: "AccessDenied" }]);
  const states = (state: string) => judged.filter((each) => each.state === state).map(({ id }) => id);
  expect(states("unknown")).toEqual(checks.filter(({ needs }) => needs.includes("network")).map(({ id }) => id));
  expect(states("skipped")).toEqual(checks.filter(({ needs }) => needs.includes("catalogs")).map(({ id }) => id));
});
