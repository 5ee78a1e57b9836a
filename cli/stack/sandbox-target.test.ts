import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { sandboxTargets } from "./sandbox-target";

const place = { kind: "serverless" as const, namespaceId: "n", host: "10.0.0.2", port: 5439, database: "fleet" };
const outputs: StackOutputs = {
  endpoint: { host: "10.0.0.9", port: 5439, database: "fleet", secretArn: "reader" },
  producer: { ...place, name: "fleet-local-producer", workgroup: "fleet-local-producer", secretArn: "admin" },
  consumers: ["pool-1", "pool-2", "gone"].map((name) => ({
    ...{ ...place, name, workgroup: `fleet-local-${name}`, group: "pool", addresses: [] },
  })),
  datashares: [],
};
const workgroup = (name: string) => ({
  ...{ name, namespaceName: name, namespaceId: name, status: "AVAILABLE", host: "10.0.0.2", port: 5439 },
  ...{ addresses: [], killed: false, connections: 0 },
});
const running = {
  workgroups: ["fleet-local-producer", "fleet-local-pool-1", "fleet-local-pool-2", "by-hand"].map(workgroup),
  zones: ["us-east-1a", "us-east-1b"],
};

test.each([
  ["pool-1", "fleet-local-pool-1"],
  ["producer", "fleet-local-producer"],
  ["fleet-local-pool-2", "fleet-local-pool-2"],
  ["workgroup:pool-2", "fleet-local-pool-2"],
  ["by-hand", "by-hand"],
  ["zone:us-east-1b", "zone:us-east-1b"],
])("%s is %s to the sandbox", (wanted, known) => {
  expect(sandboxTargets([wanted], outputs, running)).toEqual([known]);
});

test.each(["pool-9", "zone:us-east-1z", "gone", "zone:"])("%s is answered with the names there are", (wanted) => {
  expect(() => sandboxTargets([wanted], outputs, running)).toThrow(
    `There is no ${wanted} in the sandbox. There are: producer, pool-1, pool-2, by-hand, zone:us-east-1a, zone:us-east-1b.`,
  );
});

test("several are found at once, each once, or none of them", () => {
  const wanted = ["pool-1", "zone:us-east-1b", "fleet-local-pool-1"];
  expect(sandboxTargets(wanted, outputs, running)).toEqual(["fleet-local-pool-1", "zone:us-east-1b"]);
  expect(() => sandboxTargets(["pool-8", "pool-1", "pool-9"], outputs, running)).toThrow(
    "There is no pool-8, and no pool-9 in the sandbox.",
  );
});

test("without a stack the sandbox's own names are left", () => {
  expect(sandboxTargets(["by-hand"], undefined, running)).toEqual(["by-hand"]);
  expect(() => sandboxTargets(["pool-1"], undefined, running)).toThrow(
    /There are: fleet-local-producer, .*zone:us-east-1a/,
  );
});
