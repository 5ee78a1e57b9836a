import path from "node:path";
import { query, spread } from "./support/clients";
import { deployMs, type StackConfig } from "./support/fleet";
import { nameOf, SmallFleet } from "./support/small-fleet";

// A fleet in a VPC that another stack made and looks after.

const fleet = new SmallFleet(1);
const program = { cwd: path.join(__dirname, "programs", "networks") };

interface Place {
  vpcId: string;
  subnetIds: string[];
}
let places: { good: Place; withoutDns: Place };

jest.setTimeout(deployMs);
afterAll(() => fleet.close());
beforeAll(async () => {
  await fleet.startSandbox();
  await fleet.mustPulumi(["stack", "select", "--create", "--stack", "local"], program);
  await fleet.mustPulumi(["up", "--yes", "--skip-preview", "--stack", "local"], program);
  places = JSON.parse((await fleet.mustPulumi(["stack", "output", "--json", "--stack", "local"], program)).stdout);
  await fleet.mustPulumi(["stack", "select", "--create", "--stack", "local"]);
});

const within =
  (existing: Place) =>
  (config: StackConfig): void => {
    config.network = { existing: { ...existing } };
  };

/** What `up` said about a network that it must refuse, with nothing created. */
async function refused(existing: Place): Promise<string> {
  const { code, stdout, stderr } = await fleet.up(1, within(existing));
  expect(code).not.toBe(0);
  expect((await fleet.state()).filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
  return stdout + stderr;
}

test("everything wrong with a VPC is told at once, before anything is created", async () => {
  const [one = "", two = ""] = places.withoutDns.subnetIds;
  const [strange = ""] = places.good.subnetIds;
  const said = await refused({ ...places.withoutDns, subnetIds: [one, two, strange] });
  expect(said).toMatch(/network\.existing\.vpcId: must have enableDnsHostnames .*modify-vpc-attribute/);
  expect(said).toMatch(/network\.existing\.subnetIds\[2\]: must belong to vpc-/);
  expect(said).not.toMatch(/^\s+at /m);
});

test("a VPC that is not there is named", async () => {
  const said = await refused({ ...places.good, vpcId: "vpc-0123456789abcdef0" });
  expect(said).toMatch(/network\.existing: .*vpc-0123456789abcdef0.*aws:region/);
  expect(said).not.toMatch(/^\s+at /m);
});

test("a fleet lives in it, with security groups of its own and nothing else of a network", async () => {
  const said = await fleet.mustUp(1, within(places.good));
  expect(said).not.toMatch(/error/i);
  const state = await fleet.state();
  const ec2 = new Set(state.filter(({ type }) => /^aws:(ec2|vpc)\//.test(type)).map(({ type }) => type));
  expect([...ec2].sort()).toEqual([
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ]);
  const workgroups = state.filter(({ type }) => type === "aws:redshiftserverless/workgroup:Workgroup");
  for (const { urn, inputs } of workgroups) {
    expect([nameOf(urn), inputs?.subnetIds]).toEqual([nameOf(urn), places.good.subnetIds]);
  }
  const reader = await fleet.reader();
  expect((await spread(reader, 4)).size).toBe(1);
  expect(Number((await query(reader, "select count(*) from airline.airline.dim_airport"))[0]?.[0])).toBe(0);
});

test("again: no changes", async () => {
  expect(await fleet.upChanges(within(places.good))).toEqual([]);
});
