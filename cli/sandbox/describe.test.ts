import { describeSandbox } from "./describe";

const workgroup = (name: string, killed: boolean, address: string) => ({
  ...{ name, killed, namespaceName: name, namespaceId: name, status: "AVAILABLE", port: 5439, connections: 1 },
  ...{ host: `127.1.0.${address}`, addresses: [`10.0.0.${address}`] },
});
const running = {
  ...{ pid: 4711, dir: "/d", ready: true, startedAt: "", caPath: "", region: "us-east-1", profile: "instant" },
  ports: { api: 1, control: 2, aws: 3, command: 4 },
  workgroups: [workgroup("fleet-pool-1", false, "7"), workgroup("fleet-pool-2", true, "8")],
  loadBalancers: [
    {
      name: "readers",
      dnsName: "nlb.example",
      listeners: [{ port: 5439, host: "127.1.0.1", hostPort: 5439, connections: 1 }],
      targets: [
        { address: "10.0.0.7:5439", zone: "us-east-1a", state: "healthy" },
        { address: "10.0.0.8:5439", zone: "us-east-1b", state: "unhealthy" },
      ],
    },
  ],
  zones: ["us-east-1a", "us-east-1b"],
  zonesDown: ["us-east-1b"],
  memoryMiB: 99,
};

test("the status shows balancer, targets with their health, and what was taken down with the way back", () => {
  const said = describeSandbox(running, "local");
  expect(said).toContain("Load balancer readers: 1 of 2 targets healthy\n  127.1.0.1:5439, 1 connection\n");
  expect(said).toMatch(/10\.0\.0\.7:5439 +fleet-pool-1 +us-east-1a +healthy/);
  expect(said).toMatch(/10\.0\.0\.8:5439 +fleet-pool-2 +us-east-1b down +unhealthy/);
  expect(said).toMatch(/fleet-pool-2 +killed/);
  expect(said).toContain("npx fleet sandbox revive fleet-pool-2");
  expect(said).toContain("npx fleet sandbox revive zone:us-east-1b");
});

test("nothing is wider than a terminal, be the names as long as AWS lets them be", () => {
  const long = {
    ...running,
    workgroups: [workgroup("redshift-fleet-local-pool-1", true, "7")],
    loadBalancers: running.loadBalancers.map((balancer) => ({ ...balancer, name: "redshift-fleet-staging-readers" })),
  };
  for (const status of [running, long]) {
    for (const line of describeSandbox(status, "staging").split("\n"))
      expect([line, line.length <= 80]).toEqual([line, true]);
  }
});

test("an empty sandbox says that there is no balancer", () => {
  const empty = describeSandbox({ ...running, workgroups: [], loadBalancers: [], zonesDown: [] }, "local");
  expect(empty).toContain("There is no load balancer.");
  expect(empty).not.toContain("Taken down");
});
