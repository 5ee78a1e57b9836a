import { addFault, clearFaults } from "../../sandbox/control";
import { type Login, query } from "./support/clients";
import { deployMs, type StackConfig } from "./support/fleet";
import { nameOf, SmallFleet } from "./support/small-fleet";
import { persistent, Traffic } from "./support/traffic";

// Changes of a running fleet's configuration: each is carried out and taken back with data and readers as they were, or
// is refused by the preview with the way that works. What the parts of the program refuse, one by one, is tested beside
// them; here is that the engine hears of it.

const fleet = new SmallFleet(2, { deregistrationDelaySeconds: 60 });
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
let login: Login;

type Change = (config: StackConfig) => void;

const network =
  (keys: Record<string, unknown>): Change =>
  (config) => {
    config.network = { ...config.network, ...keys };
  };
const subnetsIn = (...cidrs: string[]) => cidrs.map((cidr, index) => ({ az: zones[index] ?? "", cidr }));
/** The network of the deployed fleet, written out. */
const subnets = subnetsIn("10.0.0.0/23", "10.0.2.0/23", "10.0.4.0/23");
/** The same with a zone more. */
const four = network({ azs: [...zones, "us-east-1d"] });
const larger = network({ warehouseSubnets: subnetsIn("10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20") });

jest.setTimeout(2 * deployMs);
beforeAll(async () => {
  await fleet.deploy();
  await query(
    await fleet.admin(),
    "insert into airline.dim_airport values (1, 'ABC', 'Airport', 'City', 'CC', 1, 1, true)",
  );
  login = await fleet.reader();
});
afterAll(() => fleet.close());

const rows = (database = "airline") => `select count(*) from ${database}.airline.dim_airport`;
const read = async (database?: string) => Number((await query(await fleet.reader(), rows(database)))[0]?.[0]);

/** What the preview of a change says, which it must not accept. */
async function refused(change?: Change): Promise<string> {
  const { code, stdout, stderr } = await fleet.pulumi(fleet.arguments("preview", change));
  expect(code).not.toBe(0);
  const said = stdout + stderr;
  expect(said).not.toMatch(/^\s+at .+:\d+/m);
  return said;
}

const workgroups = () =>
  fleet
    .state()
    .flatMap(({ type, outputs }) => (type.endsWith(":Workgroup") ? [outputs as Record<string, unknown>] : []));
const settings = (key: string) =>
  workgroups()
    .map((workgroup) => Number(workgroup[key]))
    .sort((one, other) => one - other);
const analytics = { analytics: { endpointPlacement: "oneAz" } };

describe("carried out, and taken back", () => {
  test("another port, other sizes, limits, one zone for endpoints, no clear text", async () => {
    await fleet.mustUp(2, (config) => {
      config.network = { ...config.network, port: 5440, requireSsl: !config.network?.requireSsl };
      config.producer = { ...config.producer, baseCapacity: 40, usageLimit: { rpuHours: 10, period: "daily" } };
      config.pool = { ...config.pool, baseCapacity: 8, maxCapacity: 16, endpointPlacement: "oneAz" };
    });
    expect(settings("port")).toEqual([5440, 5440, 5440]);
    expect(settings("baseCapacity")).toEqual([8, 8, 40]);
    expect(await read()).toBe(1);
  });

  test("other names of shares, databases, readers and consumers", async () => {
    await fleet.mustUp(2, (config) => {
      config.datashares = { flights: { schemas: { airline: {} }, consumerDatabase: "flown" } };
      config.readers = { roles: { visitor: {} }, users: { guest: { roles: ["visitor"] } } };
      config.pool = { ...config.pool, database: "pooled", adminUsername: "pool_admin" };
      config.consumers = analytics;
    });
    expect(settings("port")).toEqual([5439, 5439, 5439, 5439]);
    expect(settings("baseCapacity")).toEqual([32, 32, 32, 32]);
    expect(await read("flown")).toBe(1);
  });

  test("everything as it was", async () => {
    await fleet.mustUp(2);
    expect(await read()).toBe(1);
  });
});

const placed = () => workgroups().map(({ subnetIds }) => subnetIds as string[]);
const blocks = () => {
  const of = new Map(fleet.state().map(({ id, outputs }) => [id, (outputs as { cidrBlock?: string })?.cidrBlock]));
  return [...new Set(placed().flatMap((ids) => ids.map((id) => of.get(id))))].sort();
};

describe("a bigger network", () => {
  test("warehouses move to larger subnets under readers who ask all the time", async () => {
    login = await fleet.reader();
    const traffic = new Traffic(login, rows(), { ...persistent, retries: 8 }, 3);
    try {
      await traffic.flow(10);
      await fleet.mustUp(2, larger);
      await traffic.flow(10);
    } finally {
      await traffic.stop();
    }
    expect(traffic.failures).toEqual([]);
    expect(blocks()).toEqual(["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20"]);
    expect(await fleet.reader()).toEqual(login);
  });

  test("what cannot be is refused before anything is asked for, all at once: subnets over others, a producer's database", async () => {
    const said = await refused((config) => {
      network({ warehouseSubnets: subnetsIn("10.0.32.0/19", "10.0.64.0/19", "10.0.96.0/19") })(config);
      config.producer = { ...config.producer, database: "other" };
    });
    expect(said).toMatch(
      /warehouseSubnets must not overlap 10\.0\.32\.0\/20 in us-east-1b.*got "10\.0\.32\.0\/19 in us-east-1a"/,
    );
    expect(said).toMatch(/producer\.database must stay fleet: .*allowReplacement/);
  });

  test("a move that fails on the way, into a further block of the VPC, is taken back", async () => {
    const further = network({
      secondaryCidrs: ["10.1.0.0/16"],
      warehouseSubnets: subnetsIn("10.1.0.0/19", "10.1.32.0/19", "10.1.64.0/19"),
    });
    const fault = { service: "redshift-serverless", operation: "CreateEndpointAccess", kind: "fail" as const, from: 3 };
    await addFault({ dir: fleet.sandbox, fault: { ...fault, code: "ServiceQuotaExceededException" } });
    const { code } = await fleet.pulumi([...fleet.arguments("up", further), "--yes", "--skip-preview"]);
    await clearFaults({ dir: fleet.sandbox });
    expect(code).not.toBe(0);
    await fleet.mustUp(2, larger);
    expect(await read()).toBe(1);
    expect(blocks()).toEqual(["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20"]);
    const cidrBlock = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
    expect(fleet.state().filter(({ type }) => type === cidrBlock)).toEqual([]);
  });

  test("and back into the network's own, in a zone more", async () => {
    await fleet.mustUp(2, four);
    expect(await read()).toBe(1);
    expect(blocks()).toEqual([...subnets.map(({ cidr }) => cidr), "10.0.6.0/23"]);
    expect(await fleet.reader()).toEqual(login);
  });
});

test("nothing differs in the end", async () => {
  expect(await fleet.previewChanges(four)).toEqual([]);
  const left = fleet.state().filter(({ urn }) => /-10-\d|analytics|flights|visitor|guest/.test(nameOf(urn)));
  expect(left).toEqual([]);
});

test("a zone is kept for the sake of the readers' address until there is no balancer", async () => {
  expect(await refused()).toMatch(/must keep 10\.0\.6\.0\/23 in us-east-1d: .*pool\.size: 0/);
  await fleet.mustUp(0, (config) => {
    config.consumers = analytics;
  });
  expect(await read()).toBe(1);
  await fleet.mustUp(2);
  expect(await read()).toBe(1);
  expect(blocks()).toEqual(subnets.map(({ cidr }) => cidr));
});
