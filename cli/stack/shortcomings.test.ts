import type { Outages } from "@redshift-fleet/health";
import { shortcomings } from "./shortcomings";

const nothing: Outages = { warehouses: {}, zones: {} };
const outage = (target: string) => ({ cause: "", cure: "", brief: `killed; revive with \`revive ${target}\`` });
const balancer = (...states: string[]) => ({
  loadBalancers: [
    { name: "b", dnsName: "b", listeners: [], targets: states.map((state) => ({ address: "10.0.0.1", state })) },
  ],
});

test("of a fleet that is well nothing is said, nor of targets that are still being registered", () => {
  expect(shortcomings("local", nothing, balancer("healthy", "initial"), [])).toEqual([]);
});

test("what was killed is named once, with what revives it", () => {
  const outages = { warehouses: { "pool-1": outage("pool-1") }, zones: { "us-east-1a": outage("zone:us-east-1a") } };
  expect(shortcomings("sales", outages, balancer("unhealthy", "healthy"), ["pool-1"])).toEqual([
    "pool-1 is down: killed; revive with `revive pool-1`",
    "us-east-1a is down: killed; revive with `revive zone:us-east-1a`",
    "`npx fleet check --stack sales --sandbox` says what is wrong, and why",
  ]);
});

test("a warehouse that does not answer and targets that nobody killed lead to `fleet check`", () => {
  expect(shortcomings("local", nothing, balancer("unhealthy", "healthy"), ["producer"])).toEqual([
    "producer does not answer within 3 s",
    "1 of 2 targets are unhealthy",
    "`npx fleet check` says what is wrong, and why",
  ]);
});
