import { addressesToResize } from "@redshift-fleet/redshift";
import { containsBlock } from "./addresses";
import { checks } from "./checks";
import type { Facts, Rule } from "./facts";
import { judge } from "./run";
import { catalogOf, fleetWith, groupOf, shareOf, targetsOf, workgroupOf } from "./testing/good-fleet";

const found = (change: (facts: Facts) => void) =>
  judge(checks, fleetWith(change), {}, []).findings.map(({ check, what }) => `${check}: ${what}`);

const anyone: Rule = { protocol: "-1", fromPort: -1, toPort: -1, groupIds: [], cidrs: ["0.0.0.0/0"] };
const without = (rules: Rule[], groupId: string) => rules.filter(({ groupIds }) => !groupIds.includes(groupId));
const silent = { error: "Connection refused." };

test("a fleet as it should be has no findings, and every check was made", () => {
  const report = judge(checks, fleetWith(), {}, []);
  expect(report.findings).toEqual([]);
  expect(report.checks.map(({ state }) => state)).toEqual(checks.map(() => "ok"));
});

/** What is changed in a good fleet, and all that is to be found then. */
const faults: Record<string, [change: (facts: Facts) => void, ...findings: string[]]> = {
  "a /24": [
    ({ network }) => Object.assign(network.subnets[0]!, { cidr: "10.0.0.0/24" }),
    "subnets-large: Subnet subnet-a (10.0.0.0/24, us-east-1a) is smaller than a /23",
  ],
  "two subnets in one zone": [
    ({ network }) => Object.assign(network.subnets[2]!, { zone: "us-east-1b" }),
    ...["producer", "pool-1", "pool-2"].map(
      (name) => `zones: ${name} is in 2 Availability Zones (us-east-1a, us-east-1b), not in 3`,
    ),
  ],
  "fifteen addresses where 32 RPUs need sixteen": [
    ({ network }) => Object.assign(network.subnets[1]!, { freeAddresses: 15 }),
    "addresses-left: Subnet subnet-b (10.0.2.0/23, us-east-1b) has 15 addresses left",
  ],
  "the largest size, which grows no more": [
    (facts) => {
      for (const name of ["producer", "pool-1", "pool-2"]) workgroupOf(facts, name).baseCapacity = 1024;
      for (const subnet of facts.network.subnets) subnet.freeAddresses = 0;
    },
  ],
  "two addresses where three are needed without enhanced VPC routing": [
    (facts) => {
      for (const name of ["producer", "pool-1", "pool-2"]) workgroupOf(facts, name).enhancedVpcRouting = false;
      facts.network.subnets[0]!.freeAddresses = 2;
      facts.network.subnets[1]!.freeAddresses = 3;
    },
    "addresses-left: Subnet subnet-a (10.0.0.0/23, us-east-1a) has 2 addresses left",
  ],
  "consumers that do not let the balancer in": [
    (facts) => {
      const group = groupOf(facts, "sg-consumers");
      group.ingress = without(group.ingress, "sg-balancer");
    },
    "security-groups: Security group consumers (sg-consumers) does not let the balancer in to the pool's consumers on port 5439",
  ],
  "consumers that let in the balancer's whole subnets": [
    (facts) => {
      const group = groupOf(facts, "sg-consumers");
      group.ingress = [...without(group.ingress, "sg-balancer"), { ...anyone, cidrs: ["10.0.0.0/16"] }];
    },
  ],
  "a rule for another port": [
    (facts) => {
      for (const rule of groupOf(facts, "sg-balancer").egress) Object.assign(rule, { fromPort: 443, toPort: 443 });
    },
    "security-groups: Security group balancer (sg-balancer) does not let the balancer out to the pool's consumers on port 5439",
  ],
  "clients that are not let in to the balancer": [
    (facts) => {
      groupOf(facts, "sg-balancer").ingress = [];
    },
    "security-groups: Security group clients (sg-clients) may reach the balancer on port 5439, but nothing there lets it in",
  ],
  "clients that may not go out to the producer": [
    (facts) => {
      const group = groupOf(facts, "sg-clients");
      group.egress = without(group.egress, "sg-producer");
    },
    "security-groups: Members of security group clients (sg-clients) are let in to producer on port 5439, but may not go out to it",
  ],
  "nobody let in to the producer": [
    (facts) => {
      const clients = groupOf(facts, "sg-clients");
      clients.egress = without(clients.egress, "sg-producer");
      groupOf(facts, "sg-producer").ingress = [];
    },
    "security-groups: No client may connect to producer on port 5439",
  ],
  "a balancer without security groups, whose subnets are not let in": [
    ({ balancer }) => Object.assign(balancer!, { securityGroupIds: [] }),
    "security-groups: Security group consumers (sg-consumers) does not let the balancer in to the pool's consumers on port 5439",
  ],
  "a public workgroup": [
    (facts) => Object.assign(workgroupOf(facts, "pool-2"), { publiclyAccessible: true }),
    "warehouses-private: pool-2 is publicly accessible",
  ],
  "a balancer on the internet": [
    ({ balancer }) => Object.assign(balancer!, { scheme: "internet-facing" }),
    "warehouses-private: Balancer readers faces the internet",
  ],
  "a workgroup under change": [
    (facts) => Object.assign(workgroupOf(facts, "pool-1"), { status: "MODIFYING" }),
    "warehouses-available: pool-1: workgroup fleet-pool-1 is MODIFYING, not AVAILABLE",
  ],
  "a managed endpoint that is still made": [
    (facts) => Object.assign(workgroupOf(facts, "pool-1").endpoints[0]!, { status: "CREATING" }),
    "warehouses-available: pool-1: managed endpoint pool-1-0 is CREATING, not ACTIVE",
  ],
  "a namespace that is gone, with all that hangs on it": [
    ({ warehouses, catalogs }) => {
      Object.assign(warehouses[2]!, { namespace: undefined, workgroup: undefined });
      catalogs.consumers["pool-2"] = silent;
    },
    "warehouses-available: pool-2 has no namespace (id-of-pool-2)",
  ],
  "a provisioned cluster, which has neither": [
    ({ warehouses }) =>
      Object.assign(warehouses[0]!, { serverless: false, namespace: undefined, workgroup: undefined }),
  ],
  "a consumer that does not answer, nor passes health checks": [
    (facts) => {
      facts.catalogs.consumers["pool-1"] = silent;
      for (const target of targetsOf(facts)) if (target.address.endsWith(".8")) target.state = "unhealthy";
    },
    "warehouses-answer: pool-1 does not answer SQL",
  ],
  "a producer that does not answer": [
    ({ catalogs }) => {
      catalogs.producer = silent;
    },
    "warehouses-answer: producer does not answer SQL",
  ],
  "a datashare that was dropped": [
    (facts) => {
      if ("shares" in facts.catalogs.producer) facts.catalogs.producer.shares = [];
      for (const name of ["pool-1", "pool-2"]) catalogOf(facts, name).inbound = [];
    },
    "datashares-granted: The producer has no datashare sales",
  ],
  "a grant that was revoked": [
    (facts) => {
      shareOf(facts).grantedTo = ["id-of-pool-1"];
      catalogOf(facts, "pool-2").inbound = [];
    },
    "datashares-granted: Datashare sales is not granted to pool-2",
  ],
  "a datashare that is not for a consumer": [
    (facts) => {
      facts.outputs.datashares[0]!.consumers = ["pool-1"];
      shareOf(facts).grantedTo = ["id-of-pool-1"];
      const catalog = catalogOf(facts, "pool-2");
      Object.assign(catalog, { inbound: [], databases: [{ name: "fleet", type: "local" }], privileges: [] });
    },
  ],
  "a table that is not shared": [
    (facts) => {
      shareOf(facts).objects = ["shop.customers"];
    },
    "datashares-complete: Datashare sales does not hold shop.orders",
  ],
  "a table that need not be shared": [
    (facts) => {
      shareOf(facts).objects = ["shop.customers"];
      shareOf(facts).schemas[0]!.includeNew = false;
    },
  ],
  "a schema without tables": [
    (facts) => {
      shareOf(facts).objects = [];
      shareOf(facts).schemas[0]!.includeNew = false;
    },
    "datashares-complete: Datashare sales does not hold any table of schema shop",
  ],
  "a schema that is not shared": [
    (facts) => {
      shareOf(facts).schemas = [];
    },
    "datashares-complete: Datashare sales does not hold schema shop",
  ],
  "a public datashare": [
    (facts) => {
      shareOf(facts).publicAccessible = true;
    },
    "datashares-private: Datashare sales is open to publicly accessible consumers",
  ],
  "a grant that has not arrived": [
    (facts) => {
      catalogOf(facts, "pool-1").inbound = [];
    },
    "datashares-visible: pool-1 does not see datashare sales",
  ],
  "no consumer database": [
    (facts) => {
      const catalog = catalogOf(facts, "pool-1");
      catalog.databases = catalog.databases.filter(({ name }) => name !== "sales");
      delete catalog.inbound[0]!.consumerDatabase;
      catalog.privileges = [];
    },
    "consumer-databases: pool-1 has no database sales",
  ],
  "a database of a share that was made anew": [
    (facts) => {
      delete catalogOf(facts, "pool-2").inbound[0]!.consumerDatabase;
    },
    "consumer-databases: Database sales on pool-2 does not show datashare sales",
  ],
  "a user on one consumer only": [
    (facts) => catalogOf(facts, "pool-2").users.push("someone"),
    "readers-alike: User someone is on pool-2 but not on pool-1",
  ],
  "users that Redshift makes by itself": [
    (facts) => catalogOf(facts, "pool-2").users.push("IAMR:analyst", "IAM:admin"),
  ],
  "the reader dropped, with memberships": [
    (facts) => {
      const catalog = catalogOf(facts, "pool-1");
      Object.assign(catalog, { users: ["fleet_admin"], members: [], login: { ok: false, error: "No." } });
    },
    "readers-alike: User reader_user is on pool-2 but not on pool-1",
  ],
  "the reader dropped everywhere": [
    (facts) => {
      for (const name of ["pool-1", "pool-2"])
        Object.assign(catalogOf(facts, name), { users: [], members: [], login: { ok: false, error: "No." } });
    },
    "readers-alike: User reader_user is on no consumer",
  ],
  "a role dropped, with its rights": [
    (facts) => Object.assign(catalogOf(facts, "pool-1"), { roles: [], members: [], privileges: [] }),
    "readers-alike: Role reader is on pool-2 but not on pool-1",
  ],
  "a right taken away": [
    (facts) => {
      catalogOf(facts, "pool-2").privileges = [];
    },
    "readers-alike: Right USAGE on sales for role reader is on pool-1 but not on pool-2",
  ],
  "a changed password": [
    (facts) => {
      catalogOf(facts, "pool-2").login = { ok: false, error: "Password authentication failed." };
    },
    "readers-log-in: The readers' secret does not open pool-2",
  ],
  "no balancer": [
    (facts) => {
      facts.balancer = undefined;
    },
    "balancer-present: There is no balancer with the readers' address nlb.example",
  ],
  "no pool, and so no balancer": [
    (facts) => {
      facts.balancer = undefined;
      for (const consumer of facts.outputs.consumers) consumer.group = "workload";
      for (const warehouse of facts.warehouses.slice(1)) warehouse.group = "workload";
      groupOf(facts, "sg-clients").egress = without(groupOf(facts, "sg-clients").egress, "sg-balancer");
    },
  ],
  "a balancer that failed": [
    ({ balancer }) => Object.assign(balancer!, { state: "failed" }),
    "balancer-present: Balancer readers is failed, not active",
  ],
  "no listener": [
    ({ balancer }) => Object.assign(balancer!, { listener: undefined }),
    "balancer-present: Balancer readers has no listener on port 5439",
  ],
  "client addresses preserved, and stickiness": [
    ({ balancer }) => Object.assign(balancer!.listener!.group!, { preserveClientIp: true, sticky: true }),
    "balancer-forwarding: Target group consumers preserves client addresses",
    "balancer-forwarding: Target group consumers is sticky",
  ],
  "an idle timeout below the query timeout": [
    ({ balancer }) => Object.assign(balancer!.listener!, { idleTimeoutSeconds: 350 }),
    "idle-timeout: The balancer cuts connections that are silent for 350 s, sooner than queries end",
  ],
  "queries without limit": [
    (facts) => Object.assign(workgroupOf(facts, "pool-1"), { queryTimeoutSeconds: 0 }),
    "idle-timeout: The balancer cuts connections that are silent for 6000 s, sooner than queries end",
  ],
  "queues in place of a timeout": [(facts) => delete workgroupOf(facts, "pool-1").queryTimeoutSeconds],
  "a producer whose queries are longer than the balancer's": [
    (facts) => Object.assign(workgroupOf(facts, "producer"), { queryTimeoutSeconds: 80_000 }),
  ],
  "an address that is no target": [
    (facts) => {
      targetsOf(facts).shift();
    },
    "targets-registered: The balancer does not send connections to pool-1 at 10.0.0.8, port 5439",
  ],
  "a target on another port": [
    (facts) => Object.assign(targetsOf(facts)[0]!, { port: 5440 }),
    "targets-registered: The balancer does not send connections to pool-1 at 10.0.0.8, port 5439",
  ],
  "an endpoint that moved, its old target unhealthy": [
    (facts) => {
      workgroupOf(facts, "pool-1").endpoints[0]!.addresses = ["10.0.0.77"];
      targetsOf(facts)[0]!.state = "unhealthy";
    },
    "targets-registered: pool-1 moved from 10.0.0.8 to 10.0.0.77, and the balancer did not follow",
  ],
  "a stranger among the targets": [
    (facts) => targetsOf(facts).push({ address: "10.0.0.99", port: 5439, state: "unhealthy" }),
    "targets-registered: The balancer sends connections to 10.0.0.99, which is not of the pool",
  ],
  "a target on its way out": [
    (facts) => targetsOf(facts).push({ address: "10.0.0.99", port: 5439, state: "draining" }),
  ],
  "one unhealthy target": [
    (facts) => Object.assign(targetsOf(facts)[0]!, { state: "unhealthy", reason: "Health checks failed" }),
    "targets-healthy: Target 10.0.0.8:5439 of pool-1 is unhealthy",
  ],
  "a zone's targets unhealthy": [
    (facts) => {
      for (const target of targetsOf(facts)) if (target.zone === "us-east-1b") target.state = "unhealthy";
    },
    "targets-healthy: No target in us-east-1b is healthy: pool-1 (10.0.2.8), pool-2 (10.0.2.9)",
  ],
};

test.each(Object.keys(faults))("%s", (name) => {
  const [change, ...expected] = faults[name]!;
  expect(found(change)).toEqual(expected);
});

test("every check has a fault that only it finds", () => {
  const proved = new Set(
    Object.values(faults).flatMap(([, ...findings]) => findings.map((text) => text.split(":")[0])),
  );
  expect(checks.map(({ id }) => id).filter((id) => !proved.has(id))).toEqual([]);
});

test("what could not be collected is a finding, and not judged", () => {
  const { ok, checks: judged, findings } = judge(checks, fleetWith(), { network: "AccessDenied" }, ["catalogs"]);
  expect(ok).toBe(false);
  expect(findings).toMatchObject([{ check: "collect", cause: "AccessDenied" }]);
  const states = (state: string) => judged.filter((each) => each.state === state).map(({ id }) => id);
  expect(states("unknown")).toEqual(checks.filter(({ needs }) => needs.includes("network")).map(({ id }) => id));
  expect(states("skipped")).toEqual(checks.filter(({ needs }) => needs.includes("catalogs")).map(({ id }) => id));
});

test.each([
  ["10.0.0.0/16", "10.0.254.0/23", true],
  ["10.0.0.0/23", "10.0.0.0/16", false],
  ["10.0.0.0/23", "10.0.2.0/23", false],
  ["0.0.0.0/0", "192.168.0.0/24", true],
])("%s holds all of %s: %s", (outer, inner, expected) => {
  expect(containsBlock(outer, inner)).toBe(expected);
});

test.each([
  [4, 10],
  [8, 10],
  [16, 13],
  [32, 16],
  [64, 28],
  [128, 52],
  [256, 100],
  [512, 197],
])("a resize from %s RPUs takes %s addresses", (capacity, addresses) => {
  expect(addressesToResize(capacity)).toBe(addresses);
});
