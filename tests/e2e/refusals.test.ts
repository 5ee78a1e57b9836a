import path from "node:path";
import { inventory } from "../../sandbox/control";
import { query, spread } from "./support/clients";
import { deployMs, type StackConfig } from "./support/fleet";
import { nameOf, SmallFleet } from "./support/small-fleet";

// Configurations that are refused before anything is created; and in the end a fleet in a VPC that another stack made and
// looks after.

const fleet = new SmallFleet(1);
const networks = { cwd: path.join(__dirname, "programs", "networks") };

interface Place {
  vpcId: string;
  subnetIds: string[];
}
let places: { good: Place; withoutDns: Place };
/** Several times what a preview takes on a busy machine; formatting the error once took ten times as long as all else. */
const longestMs = 60_000;

jest.setTimeout(deployMs);
beforeAll(async () => {
  await fleet.startSandbox();
  await fleet.mustPulumi(["stack", "select", "--create", "--stack", "local"], networks);
  await fleet.mustPulumi(["up", "--yes", "--skip-preview", "--stack", "local"], networks);
  places = JSON.parse((await fleet.mustPulumi(["stack", "output", "--json", "--stack", "local"], networks)).stdout);
  await fleet.mustPulumi(["stack", "init", "--stack", "local"]);
});
afterAll(() => fleet.close());

async function preview(change: (config: StackConfig) => void): Promise<string> {
  const file = fleet.configuration(change);
  const args = ["preview", "--stack", "local", "--config-file", file];
  const { code, stdout, stderr } = await fleet.pulumi(args, { timeoutMs: longestMs });
  expect(code).not.toBe(0);
  expect(fleet.state()).toEqual([]);
  return stdout + stderr;
}

/** Line of each fault: `redshift-fleet:<key>: must <rule>, but got <value>. <Remedy>.` */
const faultsIn = (said: string) => said.split("\n").flatMap((line) => line.split(/^\s*- (?=redshift-fleet:)/)[1] ?? []);

test("twenty mistakes of one program, each with key, value, rule and remedy; nothing is created", async () => {
  const dir = fleet.sandbox;
  const [one = "", two = ""] = places.withoutDns.subnetIds;
  const [strange = ""] = places.good.subnetIds;
  const existing = { ...places.withoutDns, subnetIds: [one, two, strange] };
  const before = (await inventory({ dir })).account;
  const long = `a${"b".repeat(60)}`;
  const said = await preview((config) => {
    config.pools = { size: 3 };
    config.network = {
      existing,
      azs: ["us-east-1a", "eu-west-1b"],
      subnetPrefix: 24,
      cidr: "10.0.0.0/16",
      subnets: ["10.0.0.0/22", "10.0.2.0/23", "10.9.0.0/23"].map((cidr, zone) => ({
        az: `us-east-1${"abc"[zone]}`,
        cidr,
      })),
      port: 54_321,
    };
    config.producer = { ...config.producer, baseCapacity: 64, maxCapacity: 32 };
    config.pool = {
      size: 200,
      baseCapacity: 33,
      maxCapacity: "much",
      wlm: [{ name: "queue" }],
      queryTimeoutSeconds: 60,
    };
    config.consumers = { "pool-2": {}, 'x"; DROP DATABASE fleet; --': {}, [long]: {} };
    config.datashares = {
      airline: { schemas: { airlines: {} } },
      searches: { schemas: { airline: { tables: ["nothing"] } } },
      interleaved: { schemas: { airline_internal: {} } },
    };
    config.readers = { users: { fleet_admin: { roles: ["reader"] } } };
    config.balancer = { ...config.balancer, idleTimeoutSeconds: 7200 };
  });
  const faults = faultsIn(said);
  const twenty: Record<string, string> = {
    "two zones":
      'network.azs: must name at least 3 different Availability Zones*"us-east-1a","eu-west-1b"*Name 3 zones',
    "subnets of /24": "network.subnetPrefix: must be from 16 to 23*got 24. Use 23",
    "subnets over one another":
      'network.subnets[1].cidr: must not overlap subnets[0] (10.0.0.0/22)*"10.0.2.0/23". Give',
    "a subnet outside the VPC": `network.subnets[2].cidr: must lie inside the VPC's 10.0.0.0/16*"10.9.0.0/23". Choose`,
    "a capacity of 33": "pool.baseCapacity: must *steps of 8*got 33. Use 32 or 40",
    "a maximum below the base":
      "producer.maxCapacity: must be at least the base capacity of 64 RPUs, but got 32. Raise it",
    "a pool of 200 in /23s": "pool.size: must be at most *: a subnet offers 507 addresses*got 200. Lower it to ",
    "a key that there is not": 'pools: must not be there*got {"size":3}. Did you mean pool? Otherwise remove it',
    "a wrong type": 'pool.maxCapacity: must be a number, but got "much". Write a number',
    "a schema that nothing makes": 'datashares.airline.schemas.airlines: must *got "airlines". *schema.external',
    "a table that nothing makes":
      'datashares.searches.schemas.airline.tables[0]: must *got "nothing". *schema.external',
    "a table that cannot be shared": "datashares.interleaved.schemas.airline_internal.tables: must *interleaved*got ",
    "SQL in a name": 'consumers.x"; DROP DATABASE fleet; --.name: must consist of lower-case*got "x\\"; DROP*Rename it',
    "a VPC without DNS": `network.existing.vpcId: must have enableDnsHostnames*"${existing.vpcId}". Run \`aws ec2 modify-vpc-attribute`,
    "a subnet of another VPC": `network.existing.subnetIds[2]: must belong to ${existing.vpcId}`,
    "a zone of another Region": 'network.azs: must be an Availability Zone of us-east-1, but got "eu-west-1b". Use',
    "a name too long once suffixed": `consumers.${long}.name: must *at most 64 characters*got "${long}". Shorten it`,
    "a consumer twice": 'consumers.pool-2: must *every consumer occurs once, but got "pool-2". Rename it',
    "a reader called like the admin": "readers.users.fleet_admin: must *admin*. ",
    "WLM together with single metrics": 'pool.wlm: must stand alone*got ["queryTimeoutSeconds"]. Remove',
    "a port that Redshift does not accept": "network.port: must be from 5431 to 5455*got 54321. Use 5439",
    "an idle timeout out of range": "balancer.idleTimeoutSeconds: must be 6000 or less, but got 7200. Use 6000",
  };
  const missing = Object.entries(twenty).filter(([, line]) => !faults.some((fault) => asPattern(line).test(fault)));
  expect({ missing, faults }).toEqual({ missing: [], faults });
  // Rule, value and remedy, a line each.
  for (const fault of faults) expect(fault).toMatch(/: must .+, but got .+\. [A-Z].+\.$/);
  expect(said).toContain(`has ${faults.length} faults; nothing has been changed`);
  // A person reads this: no traces of the program, and nothing said about resources that were never reached.
  expect(said).not.toMatch(/^\s+at .+:\d+/m);
  expect(said).not.toMatch(/unhandled|\+ +aws:/);
  expect((await inventory({ dir })).account).toEqual(before);
});

/** `*` stands for anything. */
const asPattern = (line: string) =>
  new RegExp(
    `^redshift-fleet:${line
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}`,
  );

const within =
  (existing: Place) =>
  (config: StackConfig): void => {
    config.network = { existing: { ...existing } };
  };

test("a VPC that is not there is named, and nothing is created", async () => {
  const said = await preview(within({ ...places.good, vpcId: "vpc-0123456789abcdef0" }));
  expect(said).toMatch(/network\.existing: .*vpc-0123456789abcdef0.*aws:region/);
  expect(said).not.toMatch(/^\s+at /m);
});

test("a fleet lives in it, with security groups of its own and nothing else of a network", async () => {
  const said = await fleet.mustUp(1, within(places.good));
  expect(said).not.toMatch(/error/i);
  const state = fleet.state();
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
