import path from "node:path";
import {
  DeleteEndpointAccessCommand,
  DeleteNamespaceCommand,
  DeleteWorkgroupCommand,
  ListEndpointAccessCommand,
  ListWorkgroupsCommand,
} from "@aws-sdk/client-redshift-serverless";
import { addFault, clearFaults, moveEndpoint } from "../../sandbox/control";
import { balancerFaults } from "./changed-by-hand/balancer-faults";
import { type CheckedFleet, endpointOf, healthy, inspect } from "./changed-by-hand/checked-fleet";
import type { Fault, Faults } from "./changed-by-hand/fault";
import { networkFaults } from "./changed-by-hand/network-faults";
import { readerFaults } from "./changed-by-hand/reader-faults";
import { checkByCommand, checkHere, said } from "./changed-by-hand/reports";
import { shareFaults } from "./changed-by-hand/share-faults";
import { warehouseFaults } from "./changed-by-hand/warehouse-faults";
import { query } from "./support/clients";
import { deployMs } from "./support/fleet";
import { OwnSchema } from "./support/own-schema";
import { eventually } from "./support/processes";
import { SmallFleet } from "./support/small-fleet";

// A fleet is changed behind the stack's back. Refresh shows what was changed, `up` repairs it, and what people made the
// stack takes over. Every check of `fleet check` is shown a fault that was really made, and has to say that, and nothing
// else.

/** All tables are shared, and Redshift adds none by itself. */
const schema = new OwnSchema(() => fleet);
const fleet: SmallFleet = new SmallFleet(2, { healthCheckIntervalSeconds: 5 }, (config) => {
  schema.use(config);
  config.datashares = { airline: { schemas: { airline: { tables: "all" } } } };
});
const faults: Faults = { ...networkFaults, ...warehouseFaults, ...shareFaults, ...readerFaults, ...balancerFaults };
let checked: CheckedFleet;

jest.setTimeout(2 * deployMs);
beforeAll(async () => {
  await fleet.deploy();
  checked = await inspect(fleet);
  await healthy(fleet);
});
afterAll(async () => {
  checked?.account.close();
  await fleet.close();
});

const found = async () => said(await checkHere(fleet));

test("nothing is found in a fleet as it was deployed", async () => {
  const { code, stdout } = await fleet.fleet(["check"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/20 checks in .* nothing found/);
});

describe("other tables", () => {
  const counted = (table: string) => query(checked.reader, `select count(*) from airline.airline.${table}`);

  test("a schema file that makes one, and one anew, changes the share, and nothing else; readers read both then", async () => {
    schema.add(`create table airline.parcels (id integer);
      drop table airline.daily_revenue;
      create table airline.daily_revenue (id integer);`);
    expect(await fleet.upChanges()).toEqual([
      "update airline-share",
      "update schema-files",
      "update verify-pool-1",
      "update verify-pool-2",
    ]);
    expect(await counted("parcels")).toEqual([["0"]]);
    expect(await counted("daily_revenue")).toEqual([["0"]]);
    expect(await found()).toEqual([]);
  });

  test("what somebody else makes is found, and `fleet share sync` mends it: no refresh shows it afterwards", async () => {
    await query(checked.asProducer, "create table airline.notes (id integer)");
    await expect(counted("notes")).rejects.toThrow();
    expect(await found()).toEqual([
      expect.stringContaining("datashares-complete: Datashare airline does not hold airline.notes"),
    ]);
    const { stdout } = await fleet.mustFleet(["share", "sync", "--json"]);
    expect(JSON.parse(stdout)).toEqual([
      { name: "airline", statements: ['ALTER DATASHARE "airline" ADD TABLE "airline"."notes"'] },
    ]);
    expect(await counted("notes")).toEqual([["0"]]);
    expect(await found()).toEqual([]);
  });
});

// Before the faults of security groups: rules revoked and made again by hand are not the stack's any more.
describe("changed by hand", () => {
  const changes = [
    "a table taken out of a datashare",
    "a grant revoked",
    "a consumer database dropped",
    "a password changed",
  ].map((name) => faults[name]!);

  test("check names an address that moved", async () => {
    const { name, address } = await endpointOf(checked.account, checked.first);
    await moveEndpoint({ dir: fleet.sandbox, endpointName: name });
    expect(await found()).toEqual([expect.stringContaining(`targets-registered: pool-1 moved from ${address} to `)]);
  });

  test("refresh shows each change", async () => {
    for (const change of changes) await change(checked).make();
    expect(await fleet.refreshChanges()).toEqual([
      "delete airline-database-pool-1",
      "delete airline-grant-pool-2",
      "update airline-share",
      // Its right to the dropped database went with that, and the password of the other one opens nothing any more.
      "update readers-on-pool-1",
      "update readers-on-pool-2",
    ]);
  });

  test("up repairs each, and only that", async () => {
    const repaired = await fleet.upChanges();
    expect(repaired.filter((change) => !/verify|rotation-pool-1(-[abc]|-healthy)?$/.test(change))).toEqual([
      "create airline-database-pool-1",
      "create airline-grant-pool-2",
      "update airline-share",
      "update readers-on-pool-1",
      "update readers-on-pool-2",
    ]);
    const [[rows] = []] = await query(checked.asProducer, "select count(*) from airline.dim_airport");
    for (const { host } of [checked.first, checked.second]) {
      const login = { ...checked.reader, host };
      expect(await query(login, "select count(*) from airline.airline.dim_airport")).toEqual([[rows]]);
    }
    expect(await fleet.refreshChanges()).toEqual([]);
    await healthy(fleet);
    expect(await found()).toEqual([]);
  });
});

describe("made by hand", () => {
  const program = path.join(__dirname, "programs", "adopted");
  const stack = (operation: string, ...more: string[]) => [operation, "--stack", "local", ...more];
  let made: unknown[][];
  let options: { cwd: string; env: NodeJS.ProcessEnv };
  /** The program with one component, whose resources are imported or not, or with the resources one by one. */
  const declared = (byComponent?: "imported" | "plain") => {
    const { producer, first: consumer } = checked;
    const env = { ...fleet.environment, ADOPTED_FLEET: JSON.stringify({ producer, consumer, byComponent }) };
    return { cwd: program, env };
  };
  const inCatalog = () => query(checked.asProducer, "select share_name, createdate from svv_datashares order by 1");

  beforeAll(async () => {
    await query(checked.asProducer, "create datashare handmade");
    await query(checked.asProducer, "alter datashare handmade add schema airline");
    await query(checked.asProducer, "alter datashare handmade add table airline.dim_airport, airline.dim_date");
    await query(checked.asProducer, `grant usage on datashare handmade to namespace '${checked.first.namespaceId}'`);
    await query(
      checked.asFirst,
      `create database handmade from datashare handmade of namespace '${checked.producer.namespaceId}'`,
    );
    made = await inCatalog();
    options = declared("imported");
    await fleet.mustPulumi(["stack", "init", "--stack", "local"], options);
  });
  afterAll(async () => {
    await query(checked.asFirst, "drop database handmade");
    await query(checked.asProducer, "drop datashare handmade");
  });

  test("a component's share, grant and database are imported without a change, and show no difference afterwards", async () => {
    await fleet.mustPulumi(stack("up", "--yes", "--skip-preview"), options);
    const again = stack("up", "--refresh", "--yes", "--skip-preview", "--expect-no-changes");
    await fleet.mustPulumi(again, declared("plain"));
    expect(await inCatalog()).toEqual(made);
    expect(await query(checked.asFirst, "select count(*) > 0 from handmade.airline.dim_date")).toHaveLength(1);
  });

  test("what is not as described is refused, not changed", async () => {
    await fleet.mustPulumi(["state", "delete", "--all", "--yes", "--stack", "local"], options);
    await query(checked.asProducer, "alter datashare handmade remove table airline.dim_date");
    const refused = await fleet.pulumi(stack("up", "--yes", "--skip-preview"), declared());
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(/Cannot import datashare .*handmade: it is not as described/);
    const objects = await query(
      checked.asProducer,
      "select object_name from svv_datashare_objects where share_name = 'handmade' and object_type = 'table'",
    );
    expect(objects).toEqual([["airline.dim_airport"]]);
  });
});

/** Faults that do not hide one another are made at once. */
const together = [
  ["a subnet too small", "a workgroup in two zones", "a subnet without addresses"],
  [
    "consumers closed to the balancer",
    "the balancer not let out",
    "clients not let in to the balancer",
    "clients not let out to the producer",
  ],
  [
    "a grant revoked",
    "a table taken out of a datashare",
    "a datashare open to public consumers",
    "a consumer database dropped",
  ],
  [
    "a user dropped on one consumer",
    "a user made on one consumer",
    "a right taken away",
    "a table that a reader owns",
    "schema public opened to everybody",
  ],
  [
    "a warehouse on the internet",
    "a grant that has not reached the consumer",
    "a role taken away",
    "a password changed",
  ],
  ["client addresses preserved", "a short idle timeout", "a target deregistered", "a stranger among the targets"],
  ["a consumer that is dead"],
  ["a zone lost"],
  ["no listener"],
];

test("every fault is made once", () => {
  expect(together.flat().sort()).toEqual(Object.keys(faults).sort());
});

test.each(together.map((names) => [names.join("; "), names] as const))("%s", async (_, names) => {
  const made: Fault[] = [];
  try {
    for (const name of names) {
      const fault = faults[name]!(checked);
      await fault.make();
      made.push(fault);
    }
    const deadlineMs = made.find((fault) => fault.deadlineMs)?.deadlineMs;
    const findings = said(await checkHere(fleet, deadlineMs));
    expect(findings).toEqual(expect.arrayContaining(made.map(({ finds }) => expect.stringContaining(finds()))));
    expect(findings).toHaveLength(made.length);
  } finally {
    for (const { undo } of made.reverse()) await undo();
    await healthy(fleet);
  }
  expect(await found()).toEqual([]);
});

describe("the command", () => {
  beforeAll(() => query(checked.asSecond, "revoke role reader from fleet_reader"));
  afterAll(() => query(checked.asSecond, "grant role reader to fleet_reader"));

  test("tells what was found here, and ends with code 1", async () => {
    const { code, ...report } = await checkByCommand(fleet);
    expect(code).toBe(1);
    expect(said(report)).toHaveLength(1);
    expect(report).toEqual(await checkHere(fleet));
  });

  test("--no-sql leaves the warehouses alone, and says what was not asked", async () => {
    const { checks, findings, code } = await checkByCommand(fleet, "--no-sql");
    expect(code).toBe(0);
    expect(findings).toEqual([]);
    expect(checks.filter(({ state }) => state === "skipped")).toHaveLength(9);
  });
});

test("what AWS refuses to tell is a finding, and the rest is judged", async () => {
  const fault = { service: "ec2", operation: "DescribeSubnets", kind: "fail" as const, code: "UnauthorizedOperation" };
  await addFault({ dir: fleet.sandbox, fault });
  const { checks, findings, code } = await checkByCommand(fleet);
  await clearFaults({ dir: fleet.sandbox });
  expect(code).toBe(1);
  expect(findings).toMatchObject([{ check: "collect", what: "Nothing is known about subnets and security groups" }]);
  expect(checks.filter(({ state }) => state === "unknown").map(({ id }) => id)).toEqual([
    "subnets-large",
    "zones",
    "addresses-left",
    "security-groups",
  ]);
});

test("a consumer deleted, and then its namespace", async () => {
  const { serverless } = checked.account;
  const { workgroup: workgroupName, namespaceId } = checked.second;
  const { endpoints = [] } = await serverless.send(new ListEndpointAccessCommand({ workgroupName }));
  const left = async () => (await serverless.send(new ListEndpointAccessCommand({ workgroupName }))).endpoints?.length;
  // One after another: operations on one workgroup conflict.
  for (const [index, { endpointName }] of endpoints.entries()) {
    await serverless.send(new DeleteEndpointAccessCommand({ endpointName }));
    await eventually(left, (count) => count === endpoints.length - index - 1, 30_000);
  }
  await serverless.send(new DeleteWorkgroupCommand({ workgroupName }));
  const workgroups = async () => (await serverless.send(new ListWorkgroupsCommand({}))).workgroups?.length;
  await eventually(workgroups, (count) => count === 2, 30_000);
  expect(await found()).toEqual([expect.stringContaining("warehouses-available: pool-2 has no workgroup")]);
  await serverless.send(new DeleteNamespaceCommand({ namespaceName: workgroupName }));
  const deleted = await eventually(found, ([finding = ""]) => finding.includes("namespace ("), 30_000);
  expect(deleted).toEqual([expect.stringContaining(`pool-2 has no namespace (${namespaceId})`)]);
});
