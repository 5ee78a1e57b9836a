import { checks } from "./checks";
import type { Facts } from "./facts/facts";
import { judge } from "./judge";
import { balancerFaults } from "./testing/balancer-faults";
import { catalogOf, fleetWith, targetsOf, workgroupOf } from "./testing/good-fleet";
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

const unjudged = (change: (facts: Facts) => void) =>
  judge(checks, fleetWith(change), {}, []).checks.flatMap(({ id, state, unjudged = [] }) =>
    unjudged.map(({ name, why }) => `${id} (${state}) ${name}: ${why}`),
  );

const ofConsumers = [
  "datashares-visible",
  "consumer-databases",
  "readers-alike",
  "readers-log-in",
  "readers-leftovers",
];

test("a consumer that was killed is found once, and no check about it shows that all is well", () => {
  const brief = "killed; revive with `revive pool-2`";
  const kill = (facts: Facts) => {
    facts.outages.warehouses["pool-2"] = { cause: "It was killed.", cure: "Revive it.", brief };
    facts.catalogs.consumers["pool-2"] = { error: "Connection refused." };
  };
  expect(found(kill)).toEqual(["warehouses-available: pool-2 is down"]);
  // The health checks have not noticed yet.
  expect(unjudged(kill)).toEqual(
    ["warehouses-answer", ...ofConsumers, "targets-healthy"].map((id) => `${id} (unknown) pool-2: ${brief}`),
  );
});

test("a zone that was killed is no good answer, before health checks notice", () => {
  const kill = ({ outages }: Facts) => {
    outages.zones["us-east-1b"] = { cause: "", cure: "", brief: "killed" };
  };
  expect(unjudged(kill)).toEqual(["targets-healthy (unknown) us-east-1b: killed"]);
});

test.each<[string, (facts: Facts) => void, string[]]>([
  [
    "a producer that does not answer",
    ({ catalogs }) => {
      catalogs.producer = { error: "No." };
    },
    ["datashares-granted", "datashares-complete", "datashares-private"],
  ],
  [
    "no balancer",
    (facts) => {
      facts.balancer = undefined;
    },
    ["balancer-forwarding", "idle-timeout", "targets-registered", "targets-healthy"],
  ],
  [
    "a consumer that nobody asked",
    ({ catalogs }) => {
      delete catalogs.consumers["pool-1"];
    },
    ["warehouses-answer", ...ofConsumers],
  ],
  ["targets that are new", (facts) => Object.assign(targetsOf(facts)[0]!, { state: "initial" }), ["targets-healthy"]],
  [
    "queues in place of a timeout",
    (facts) => delete workgroupOf(facts, "pool-1").queryTimeoutSeconds,
    ["idle-timeout"],
  ],
])("what could not be asked is unknown: %s", (_name, change, expected) => {
  const states = judge(checks, fleetWith(change), {}, []).checks.filter(({ state }) => state === "unknown");
  expect(states.map(({ id }) => id)).toEqual(expected);
});

test("what could not be collected is a finding, and not judged", () => {
  const { ok, checks: judged, findings } = judge(checks, fleetWith(), { network: "AccessDenied" }, ["catalogs"]);
  expect(ok).toBe(false);
  expect(findings).toMatchObject([{ check: "collect", cause: "AccessDenied" }]);
  const states = (state: string) => judged.filter((each) => each.state === state).map(({ id }) => id);
  expect(states("unknown")).toEqual(checks.filter(({ needs }) => needs.includes("network")).map(({ id }) => id));
  expect(states("skipped")).toEqual(checks.filter(({ needs }) => needs.includes("catalogs")).map(({ id }) => id));
});

test("a database that does not show its datashare is dropped by the consumer's administrator", () => {
  const stale = fleetWith((facts) => {
    delete catalogOf(facts, "pool-2").inbound[0]!.consumerDatabase;
  });
  expect(judge(checks, stale, {}, []).findings.map(({ cure }) => cure)).toContainEqual(
    expect.stringContaining(`\`fleet connect --admin --consumer pool-2 -c 'DROP DATABASE "sales"'\``),
  );
});
