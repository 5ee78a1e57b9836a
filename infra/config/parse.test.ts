import fs from "node:fs";
import path from "node:path";
import { Region } from "@pulumi/aws/types/enums";
import { describeMigrations, knownRegions } from "@redshift-fleet/redshift/declarations";
import { parse as parseYaml } from "yaml";
import { ConfigError, judgeConfig, type RawConfig } from "./parse";

const declared = describeMigrations([
  {
    name: "tables",
    sql: `CREATE SCHEMA airline;
          CREATE TABLE airline.bookings (id int) SORTKEY (id);
          CREATE SCHEMA drafts;
          CREATE TABLE drafts.searches (id int) INTERLEAVED SORTKEY (id);`,
  },
]);

function raw(config: Record<string, unknown>, over: Partial<RawConfig> = {}): RawConfig {
  const values: Record<string, string> = { "aws:region": "us-east-1" };
  for (const [key, value] of Object.entries(config))
    values[`redshift-fleet:${key}`] = typeof value === "string" ? value : JSON.stringify(value);
  return { project: "redshift-fleet", stack: "test", values, describeSchemas: () => declared, ...over };
}

/** The faults of a configuration as lines of text. */
function faultsOf(config: Record<string, unknown>, over?: Partial<RawConfig>): string[] {
  return linesOf(raw(config, over));
}

function linesOf(given: RawConfig): string[] {
  return new ConfigError(judgeConfig(given).faults).message
    .split("\n")
    .slice(1, -1)
    .map((line) => line.replace(/^ {2}- /, ""));
}

/** A configuration that must have no fault. */
function accepted(given: RawConfig) {
  expect(linesOf(given)).toEqual([]);
  return judgeConfig(given).config!;
}

const noQuotas = { interfaceEndpointsPerVpc: 5000, workgroups: 500, namespaces: 500, targetsPerBalancer: 5000 };

const share = (tables: unknown, schema = "airline") => ({
  datashares: { airline: { schemas: { [schema]: { tables } } } },
});

describe("judgeConfig", () => {
  test("fills in every default of an empty configuration", () => {
    const config = accepted(raw({}));
    expect(config.pool.size).toBe(3);
    expect(config.producer).toMatchObject({
      kind: "serverless",
      baseCapacity: 32,
      maxCapacity: 256,
      database: "fleet",
    });
    expect(config.balancer).toEqual({
      idleTimeoutSeconds: 6000,
      deregistrationDelaySeconds: 30,
      healthCheckIntervalSeconds: 30,
      healthyWithinSeconds: 900,
    });
    expect(config.network).toMatchObject({ cidr: "10.0.0.0/16", subnetPrefix: 23, port: 5439 });
  });

  test("refuses names of projects and stacks that no namespace can have", () => {
    expect(faultsOf({}, { stack: "Eu.dev_1" })).toEqual([
      expect.stringMatching(/^the stack's name: must consist of lower-case.*got "Eu\.dev_1".*rename.*`eu-dev-1`/),
    ]);
    const { values } = raw({});
    const renamed = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key.replace("redshift-fleet:", "fleet_a:"), value]),
    );
    expect(faultsOf({}, { project: "fleet_a", values: renamed })).toEqual([
      expect.stringMatching(/^the project's name .*got "fleet_a"\. Call it `fleet-a`/),
    ]);
  });

  test("leaves the keys of other namespaces alone", () => {
    const values = { "aws:region": "us-east-1", "other:pool": "nonsense", "aws:profile": "me" };
    accepted({ ...raw({}), values });
  });

  test("refuses keys of namespaces that nearly are the project's, and of the one it had before it was renamed", () => {
    const values = { "aws:region": "us-east-1", "redshift-flet:pool": '{"size":9}', "redshift:readers.roles": "x" };
    expect(linesOf({ ...raw({}), values })).toEqual([
      "redshift-flet:pool: must be in the namespace redshift-fleet, which is the project's name: other namespaces are " +
        'not read, but got "redshift-flet". Write `redshift-fleet:pool`.',
      expect.stringMatching(/^redshift:readers\.roles: .*Write `redshift-fleet:readers\.roles`/),
    ]);
    const renamed = {
      "aws:region": "us-east-1",
      "redshift-fleet:pool": '{"size":9}',
      "other:pool": "x",
      "aws:profile": "x",
    };
    expect(linesOf({ ...raw({}), project: "warehouse", values: renamed })).toEqual([
      expect.stringMatching(/^redshift-fleet:pool: .*Write `warehouse:pool`/),
    ]);
  });

  const bad: [what: string, config: Record<string, unknown>, fault: RegExp][] = [
    [
      "two users, and nobody named for the endpoint",
      { readers: { users: { ann: { roles: ["reader"] }, bob: { roles: ["reader"] } } } },
      /readers\.endpointUser: must say which of several users.*but got nothing\. Use ann or bob/,
    ],
    [
      "an endpoint's user who is none",
      { readers: { endpointUser: "bob" } },
      /readers\.endpointUser: must name one of the users, but got "bob"\. Use fleet_reader/,
    ],
    [
      "two zones",
      { network: { azs: ["us-east-1a", "us-east-1b"] } },
      /network\.azs: .*at least 3 .*"us-east-1b".*Name 3/,
    ],
    [
      "two zones by id",
      { network: { azs: ["use1-az1", "use1-az2", "use1-az2"] } },
      /network\.azs: .*at least 3 .*Name 3/,
    ],
    ["/24 subnets", { network: { subnetPrefix: 24 } }, /network\.subnetPrefix: .*16 to 23.*got 24\. Use 23/],
    [
      "overlapping CIDR",
      { network: { subnets: subnets("10.0.0.0/23", "10.0.1.0/24", "10.0.4.0/23") } },
      /network\.subnets\[1\]\.cidr: must not overlap subnets\[0\] \(10\.0\.0\.0\/23\), but got "10\.0\.1\.0\/24"/,
    ],
    [
      "subnets outside the VPC",
      { network: { subnets: subnets("10.0.0.0/23", "10.0.2.0/23", "10.9.0.0/23"), cidr: "10.0.0.0/21" } },
      /network\.subnets\[2\]\.cidr: must lie inside the VPC's 10\.0\.0\.0\/21, but got "10\.9\.0\.0\/23"/,
    ],
    [
      "a pool too large for the warehouses' own subnets",
      {
        network: {
          warehouseSubnets: subnets("10.0.16.0/23", "10.0.32.0/22", "10.0.48.0/22"),
        },
        quotas: { interfaceEndpointsPerVpc: 500, workgroups: 500, namespaces: 500 },
        pool: { size: 50 },
      },
      /pool\.size: must be at most 33: .*Lower it to 33 or fewer, or give the warehouses larger subnets of their own/,
    ],
    ["capacity 33", { pool: { baseCapacity: 33 } }, /pool\.baseCapacity: .*steps of 8.*got 33\. Use 32 or 40/],
    [
      "max below base",
      { producer: { baseCapacity: 64, maxCapacity: 32 } },
      /producer\.maxCapacity: must be at least the base capacity of 64 RPUs, but got 32\. Raise it to 64/,
    ],
    [
      "a pool of 200 in /23s",
      { pool: { size: 200 }, quotas: noQuotas },
      /pool\.size: must be at most 3\d:.*got 200\. Lower it to 3\d/,
    ],
    ["an unknown key", { pools: { size: 3 } }, /pools: must not be there.*got \{"size":3\}\. Did you mean pool\?/],
    ["an unknown key inside", { pool: { sise: 3 } }, /pool\.sise: must not be there.*got 3\. Did you mean size\?/],
    ["a wrong type", { pool: { size: "three" } }, /pool\.size: must be a number, but got "three"/],
    [
      "a datashare of a missing schema",
      share("all", "airlines"),
      /schemas\.airlines: .*got "airlines"\. .*airline.*schema\.external/,
    ],
    ["a table that is not there", share(["bookingz"]), /tables\[0\]: .*got "bookingz"\. .*bookings/],
    [
      "a schema with a table that cannot be shared",
      share("all", "drafts"),
      /schemas\.drafts\.tables: .*drafts\.searches.*got "all"/,
    ],
    ["a table that cannot be shared", share(["searches"], "drafts"), /tables\[0\]: .*interleaved.*got "searches"/],
    [
      "SQL in a name",
      { readers: { users: { 'x"; DROP USER admin; --': { roles: ["reader"] } } } },
      /readers\.users\.x"; DROP USER admin; --: .*lower-case.*got "x\\"; DROP/,
    ],
    [
      "SQL in the name of a consumer",
      { consumers: { 'x"; DROP DATABASE y': {} } },
      /consumers\.x"; DROP DATABASE y\.name: must consist of lower-case/,
    ],
    [
      "a zone of another Region",
      { network: { azs: ["us-east-1a", "us-east-1b", "eu-west-1c"] } },
      /network\.azs: must be an Availability Zone of us-east-1, but got "eu-west-1c"/,
    ],
    [
      "a name too long once suffixed",
      { consumers: { [`a${"b".repeat(45)}`]: {} } },
      /consumers\.ab+\.name: .*at most 64 characters.*Shorten it to 37 characters/,
    ],
    ["duplicate consumers", { consumers: { "pool-2": {} } }, /consumers\.pool-2: .*occurs once, but got "pool-2"/],
    [
      "a reader named like the admin",
      { readers: { users: { fleet_admin: { roles: ["reader"] } } } },
      /readers\.users\.fleet_admin: .*admin/,
    ],
    [
      "WLM JSON with single metrics",
      { pool: { wlm: [{ name: "q" }], queryTimeoutSeconds: 60, monitoring: { maxScanRowCount: 5 } } },
      /pool\.wlm: must stand alone.*got \["queryTimeoutSeconds","monitoring\.maxScanRowCount"\]\. Remove/,
    ],
    [
      "a port outside the ranges",
      { network: { port: 5432_1 } },
      /network\.port: must be from 5431 to 5455.*got 54321\. Use 5439/,
    ],
    [
      "clear text in production",
      { environment: "production", network: { requireSsl: false } },
      /network\.requireSsl: must be true where the environment is production.*got false\. Remove it/,
    ],
    [
      "an idle timeout out of range",
      { balancer: { idleTimeoutSeconds: 7200 } },
      /balancer\.idleTimeoutSeconds: must be 6000 or less, but got 7200\. Use 6000/,
    ],
    [
      "queries longer than the idle timeout",
      { pool: { queryTimeoutSeconds: 3600 }, balancer: { idleTimeoutSeconds: 350 } },
      /pool\.queryTimeoutSeconds: must not exceed the balancer's idle timeout of 350 s.*got 3600/,
    ],
    [
      "an existing network and one of our own",
      { network: { existing: { vpcId: "vpc-0123456789abcdef0", subnetIds: [] }, cidr: "10.0.0.0/16" } },
      /network\.cidr: must not be set together with network\.existing/,
    ],
    [
      "a consumer database that is taken",
      { datashares: { fleet: { schemas: { airline: {} } } } },
      /datashares\.fleet\.consumerDatabase: .*got "fleet"/,
    ],
    ["no consumer at all", { pool: { size: 0 } }, /pool\.size: must be 1 or more where there are no named consumers/],
    ["a default name", { producer: { adminUsername: "awsuser" } }, /producer\.adminUsername: .*default.*got "awsuser"/],
    ["a bucket with a wildcard", { producer: { s3: { read: ["*"] } } }, /producer\.s3\.read\[0\]: .*got "\*"/],
  ];

  test.each(bad)("refuses %s", (_what, config, fault) => {
    const faults = faultsOf(config);
    expect(faults.filter((line) => fault.test(line)).map((line) => line.split(":")[0])).toEqual(["redshift-fleet"]);
    // One mistake is one fault: nothing is reported twice or as a consequence of another.
    expect(faults.length).toBeLessThanOrEqual(config.network ? 2 : 1);
  });

  test("wants a Region", () => {
    expect(faultsOf({}, { values: {} })).toEqual([expect.stringMatching(/^aws:region: must name the Region.*nothing/)]);
  });

  test("blames a Region that there is not, and not the zones of the one that was meant", () => {
    const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
    const values = {
      "aws:region": "us-eest-1",
      "redshift-fleet:network": JSON.stringify({ azs: zones }),
      "redshift-fleet:pool": '{"size":0}',
    };
    expect(faultsOf({}, { values })).toEqual([
      expect.stringMatching(/^aws:region: must be a Region of AWS, but got "us-eest-1"\. Write `us-east-1`/),
      expect.stringMatching(/^redshift-fleet:pool\.size/),
    ]);
  });

  test("knows every Region of the provider", () => {
    expect(Object.values<string>(Region).filter((name) => !knownRegions.includes(name))).toEqual([]);
  });

  test("reports every fault at once, of shape and of sense", () => {
    const faults = faultsOf({
      pool: { size: "three", baseCapacity: 33 },
      balancer: { idleTimeoutSeconds: 5, unknown: 1 },
      consumers: { analytics: { baseCapacity: 64, maxCapacity: 32 } },
      network: { subnetPrefix: 26 },
    });
    expect(faults.map((line) => line.slice("redshift-fleet:".length).split(":")[0]).sort()).toEqual([
      "balancer.idleTimeoutSeconds",
      "balancer.unknown",
      "consumers.analytics.maxCapacity",
      "network.subnetPrefix",
      "pool.baseCapacity",
      "pool.size",
    ]);
  });

  test("judges every description of a network, though only one of them can stay", () => {
    const network = {
      existing: { vpcId: "vpc-0123456789abcdef0", subnetIds: [] },
      azs: ["us-east-1a", "us-east-1b"],
      subnetPrefix: 24,
      subnets: subnets("10.0.0.0/23", "10.0.1.0/24", "10.9.0.0/23"),
      port: 80,
    };
    const keys = faultsOf({ network }).map((line) => line.slice("redshift-fleet:network.".length).split(/: | \(/)[0]);
    expect(keys.sort()).toEqual([
      // Not beside `existing`, not beside `subnets`, and two zones only.
      ...["azs", "azs", "azs"],
      "port",
      // Not beside `existing`, not beside `subnets`, and too long.
      ...["subnetPrefix", "subnetPrefix", "subnetPrefix"],
      // Not beside `existing`.
      "subnets",
      // Too small, and over another.
      ...["subnets[1].cidr", "subnets[1].cidr"],
      "subnets[2].cidr",
    ]);
  });

  test.each(["local", "dev", "staging", "prod"])("accepts the example of stack %s", (stack) => {
    const file = parseYaml(fs.readFileSync(path.resolve(__dirname, `../../stacks/Pulumi.${stack}.yaml`), "utf8"));
    const values: Record<string, string> = {};
    for (const [key, value] of Object.entries(file.config))
      values[key] = typeof value === "string" ? value : JSON.stringify(value);
    const config = accepted({ ...raw({}), stack, values });
    expect(config.pool.size).toBeGreaterThan(0);
  });
});

function subnets(...cidrs: string[]) {
  return cidrs.map((cidr, index) => ({ az: `us-east-1${"abc"[index]}`, cidr }));
}
