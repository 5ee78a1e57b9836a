import path from "node:path";
import { type Login, query } from "../support/clients";
import { deployMs } from "../support/fleet";
import { SmallFleet } from "../support/small-fleet";

// People change by hand what the stack owns, and the stack takes over what people made by hand.

const fleet = new SmallFleet(2);
let producer: Login;
let first: Login;
let second: Login;
let reader: Login;
let namespaces: { producer: string; first: string; second: string };

jest.setTimeout(2 * deployMs);
beforeAll(async () => {
  await fleet.deploy();
  const outputs = await fleet.warehouses();
  const [one, two] = outputs.consumers;
  producer = await fleet.adminOf(outputs.producer);
  first = await fleet.adminOf(one!);
  second = await fleet.adminOf(two!);
  reader = await fleet.reader();
  namespaces = { producer: outputs.producer.namespaceId, first: one!.namespaceId, second: two!.namespaceId };
});
afterAll(() => fleet.close());

const count = "select count(*) from airline.airline.dim_airport";
const onFirst = () => ({ ...reader, host: first.host });
const onSecond = () => ({ ...reader, host: second.host });

describe("changed by hand", () => {
  test("refresh shows each change", async () => {
    await query(producer, "alter datashare airline remove table airline.dim_airport");
    await query(producer, `revoke usage on datashare airline from namespace '${namespaces.second}'`);
    await query(first, "drop database airline");
    await query(second, "alter user fleet_reader password 'Changed-by-hand-1'");
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
    expect(repaired.filter((change) => !change.includes("verify"))).toEqual([
      "create airline-database-pool-1",
      "create airline-grant-pool-2",
      "update airline-share",
      "update readers-on-pool-1",
      "update readers-on-pool-2",
    ]);
    const [[rows] = []] = await query(producer, "select count(*) from airline.dim_airport");
    for (const login of [onFirst(), onSecond()]) expect(await query(login, count)).toEqual([[rows]]);
    expect(await fleet.refreshChanges()).toEqual([]);
  });
});

describe("made by hand", () => {
  const program = path.join(__dirname, "..", "programs", "adopted");
  const stack = (operation: string, ...more: string[]) => [operation, "--stack", "local", ...more];
  let made: unknown[][];
  let options: { cwd: string; env: NodeJS.ProcessEnv };
  const inCatalog = () => query(producer, "select share_name, createdate from svv_datashares order by 1");

  beforeAll(async () => {
    await query(producer, "create datashare handmade");
    await query(producer, "alter datashare handmade add schema airline");
    await query(producer, "alter datashare handmade add table airline.dim_airport, airline.dim_date");
    await query(producer, `grant usage on datashare handmade to namespace '${namespaces.first}'`);
    await query(first, `create database handmade from datashare handmade of namespace '${namespaces.producer}'`);
    made = await inCatalog();
    const { producer: source, consumers } = await fleet.warehouses();
    const env = { ...fleet.environment, ADOPTED_FLEET: JSON.stringify({ producer: source, consumer: consumers[0] }) };
    options = { cwd: program, env };
    await fleet.mustPulumi(["stack", "init", "--stack", "local"], options);
  });

  test("share, grant and database are imported without a change, and show no difference afterwards", async () => {
    await fleet.mustPulumi(stack("up", "--yes", "--skip-preview"), options);
    await fleet.mustPulumi(stack("preview", "--expect-no-changes"), options);
    await fleet.mustPulumi(stack("refresh", "--yes", "--skip-preview", "--expect-no-changes"), options);
    expect(await inCatalog()).toEqual(made);
    expect(await query(first, "select count(*) > 0 from handmade.airline.dim_date")).toHaveLength(1);
  });

  test("what is not as described is refused, not changed", async () => {
    await fleet.mustPulumi(["state", "delete", "--all", "--yes", "--stack", "local"], options);
    await query(producer, "alter datashare handmade remove table airline.dim_date");
    const refused = await fleet.pulumi(stack("up", "--yes", "--skip-preview"), options);
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(/Cannot import datashare .*handmade: it is not as described/);
    const objects = await query(
      producer,
      "select object_name from svv_datashare_objects where share_name = 'handmade' and object_type = 'table'",
    );
    expect(objects).toEqual([["airline.dim_airport"]]);
  });
});
