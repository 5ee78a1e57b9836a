import path from "node:path";
import { deployMs, Fleet, repository, type StackConfig } from "./support/fleet";

// Nothing is deployed here: every configuration below is refused by the preview.

const fleet = new Fleet();

jest.setTimeout(deployMs);
beforeAll(async () => {
  await fleet.startSandbox();
  await fleet.mustPulumi(["stack", "init", "--stack", "local"]);
});
afterAll(() => fleet.close());

async function preview(change: (config: StackConfig) => void): Promise<string> {
  const file = fleet.configuration(change);
  const args = ["preview", "--stack", "local", "--config-file", file, "--policy-pack", "policies"];
  const { code, stdout, stderr } = await fleet.pulumi(args);
  expect(code).not.toBe(0);
  return stdout + stderr;
}

test("the configuration as it is passes", async () => {
  const file = fleet.configuration(() => undefined);
  await fleet.mustPulumi(["preview", "--stack", "local", "--config-file", file, "--policy-pack", "policies"]);
});

test("two zones", async () => {
  const said = await preview((config) => {
    config.network = { ...config.network, azs: ["us-east-1a", "us-east-1b"] };
  });
  expect(said).toMatch(/network\.azs/);
  expect(said).toMatch(/three/i);
});

test("a /24 subnet", async () => {
  const said = await preview((config) => {
    config.network = { ...config.network, subnetPrefix: 24 };
  });
  expect(said).toMatch(/subnetPrefix/);
  expect(said).toMatch(/23/);
});

test("many mistakes at once, each with key, value, rule and remedy; nothing is created", async () => {
  const said = await preview((config) => {
    config.pools = { size: 3 };
    config.network = { ...config.network, azs: ["us-east-1a", "eu-west-1b"], subnetPrefix: 24, port: 54_321 };
    config.producer = { ...config.producer, baseCapacity: 64, maxCapacity: 32 };
    config.pool = { size: "three", baseCapacity: 33, wlm: [{ name: "queue" }], queryTimeoutSeconds: 60 };
    config.consumers = { "pool-2": {}, 'x"; DROP DATABASE fleet; --': {}, [`a${"b".repeat(60)}`]: {} };
    config.datashares = {
      airline: { schemas: { airlines: {} } },
      searches: { schemas: { airline: { tables: ["nothing"] } } },
      interleaved: { schemas: { airline_internal: {} } },
    };
    config.readers = { users: { fleet_admin: { roles: ["reader"] } } };
    config.balancer = { ...config.balancer, idleTimeoutSeconds: 7200 };
  });
  const faults = said.split("\n").filter((line) => line.includes("- redshift-fleet:"));
  const keys = [
    "pools",
    "network.azs",
    "network.subnetPrefix",
    "network.port",
    "producer.maxCapacity",
    "pool.size",
    "pool.baseCapacity",
    "pool.wlm",
    "consumers.pool-2",
    'consumers.x"; DROP DATABASE fleet; --.name',
    `consumers.a${"b".repeat(60)}.name`,
    "datashares.airline.schemas.airlines",
    "datashares.searches.schemas.airline.tables[0]",
    "datashares.interleaved.schemas.airline_internal.tables",
    "readers.users.fleet_admin",
    "balancer.idleTimeoutSeconds",
  ];
  for (const key of keys) expect(faults).toContainEqual(expect.stringContaining(`redshift-fleet:${key}: must `));
  // Rule, value and remedy, a line each.
  for (const fault of faults) expect(fault).toMatch(/: must .+, but got .+\. [A-Z].+\.$/);
  expect(said).toContain(`has ${faults.length} faults; nothing has been created`);
  // A person reads this: no traces of the program, and nothing said about resources that were never reached.
  expect(said).not.toMatch(/^\s+at .+:\d+/m);
  expect(said).not.toMatch(/unhandled|\+ +aws:/);
  const state = JSON.parse((await fleet.mustPulumi(["stack", "export", "--stack", "local"])).stdout);
  expect(state.deployment.resources ?? []).toEqual([]);
});

test("a namespace without the key, by the policy pack", async () => {
  const program = path.join(__dirname, "programs", "unencrypted");
  const options = { cwd: program };
  await fleet.mustPulumi(["stack", "init", "--stack", "local"], options);
  const pack = path.join(repository, "policies");
  const { code, stdout, stderr } = await fleet.pulumi(["preview", "--stack", "local", "--policy-pack", pack], options);
  expect(code).not.toBe(0);
  const said = stdout + stderr;
  expect(said).toMatch(/customer-managed-kms/);
  expect(said).toMatch(/unencrypted-namespace/);
});
