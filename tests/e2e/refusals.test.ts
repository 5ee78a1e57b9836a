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
