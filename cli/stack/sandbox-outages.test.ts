import { checks, judge } from "@redshift-fleet/health";
import { fleetWith } from "../../health/testing/good-fleet";
import { outagesOf } from "./sandbox-outages";

const fleet = fleetWith((facts) => {
  facts.catalogs.consumers["pool-2"] = { error: "ERROR: workgroup fleet-pool-2 does not answer." };
  for (const target of facts.balancer?.listener?.group?.targets ?? []) {
    if (target.zone === "us-east-1a") target.state = "unhealthy";
  }
});
const workgroups = [
  { name: "fleet-pool-2", killed: true },
  { name: "fleet-pool-1", killed: false },
].map((workgroup) => ({
  ...{ namespaceName: "", namespaceId: "", status: "AVAILABLE", host: "", port: 5439, addresses: [], connections: 0 },
  ...workgroup,
}));
const named = {
  producer: fleet.outputs.producer,
  consumers: fleet.outputs.consumers.map((consumer) => ({ ...consumer, workgroup: `fleet-${consumer.name}` })),
};
const told = (outages: typeof fleet.outages) =>
  judge(checks, { ...fleet, outages }, {}, []).findings.map(({ what, cure }) => `${what.split(":")[0]} | ${cure}`);

test("what was killed in the sandbox is found with the command that revives it", () => {
  expect(told(outagesOf("local", named, { workgroups, zonesDown: ["us-east-1a"] }))).toEqual([
    "pool-2 is down | `npx fleet sandbox revive pool-2` brings it back.",
    expect.stringMatching(/^(No target|Target).* \| `npx fleet sandbox revive zone:us-east-1a` brings it back\.$/),
  ]);
});

test("on AWS nobody speaks of a sandbox", () => {
  for (const finding of told({ warehouses: {}, zones: {} })) expect(finding).not.toContain("sandbox");
});
