import { GetWorkgroupCommand } from "@aws-sdk/client-redshift-serverless";
import { inventory } from "../../sandbox/control";
import { accountOf } from "./support/account";
import { type Login, query, spread } from "./support/clients";
import { isNote, judge } from "./support/findings";
import { deployMs, Fleet } from "./support/fleet";
import { countDeclared } from "./support/inventory";
import { loginOf } from "./support/logins";
import { eventually, isInstalled, processesOf, run } from "./support/processes";
import { targets } from "./support/rotation";

// One fleet goes through its life here: born, used, started again, grown, shrunk and destroyed. The tests build upon
// each other, so that the first that fails names the cause of those after it.

const fleet = new Fleet();
let printed: string;
let reader: Login;
let admin: Login;
/** A shared table as readers name it, and as the producer does. */
let shared: string;
let own: string;

jest.setTimeout(deployMs);
afterAll(() => fleet.close());

const asLogin = (text: string): Login => {
  const { host, port, database, user, password } = JSON.parse(text) as Login;
  return { host, port, database, user, password };
};

describe("a fresh sandbox", () => {
  test("`fleet start` killed in the middle of the first deployment leaves things that no state knows", async () => {
    const started = fleet.startKillable();
    const account = async () => (await inventory({ dir: fleet.sandbox })).account;
    const things = async () => countDeclared(await account().catch(() => ({})));
    const ended = started.ended.then(() => Number.POSITIVE_INFINITY);
    await eventually(
      () => Promise.race([ended, things()]),
      (count) => count > 10,
      deployMs,
    );
    started.killWithChildren();
    await started.ended;
    expect(await things()).toBeGreaterThan(10);
    expect((await fleet.fleet(["recover", "--stack", "local"])).stderr).toContain("`npm start` begins anew");
  });

  test("`fleet start` ends with the picture and connection strings", async () => {
    const started = await fleet.start();
    expect(started.stderr).toContain("the sandbox is made anew");
    printed = started.stdout;
    const outputs = fleet.outputs();
    expect(outputs).toMatchObject(JSON.parse((await fleet.mustFleet(["outputs", "--json"])).stdout));
    for (const name of ["producer", "endpoint", ...outputs.consumers.map((consumer) => consumer.name)]) {
      expect(printed).toContain(name);
    }
    expect(outputs.consumers.filter(({ group }) => group === "pool")).toHaveLength(3);
    expect(outputs.consumers.length).toBeGreaterThan(3);
    reader = asLogin((await fleet.mustFleet(["connect", "--json"])).stdout);
    admin = asLogin((await fleet.mustFleet(["connect", "--producer", "--json"])).stdout);
    const [share] = outputs.datashares;
    own = `${share?.schemas[0]}.dim_airport`;
    shared = `${share?.consumerDatabase}.${own}`;
  });

  const withPsql = isInstalled("psql") ? test : test.skip;
  withPsql("the printed psql line counts rows through the balancer", async () => {
    const line = /PGPASSWORD=.*psql ".*"/.exec(printed)?.[0];
    const counted = await run("sh", ["-c", `${line} -Atc 'select count(*) from ${shared}'`]);
    expect(counted).toMatchObject({ code: 0, stderr: "" });
    expect(Number(counted.stdout)).toBeGreaterThan(0);
  });

  withPsql("`fleet connect` opens psql with the password out of sight", async () => {
    const args = ["connect", "--", "-Atc", "select current_user"];
    expect((await fleet.mustFleet(args)).stdout.trim()).toBe(reader.user);
  });

  test("200 new connections spread evenly over the pool", async () => {
    const pool = fleet.outputs().consumers.filter(({ group }) => group === "pool");
    const counts = await spread(reader, 200);
    expect([...counts.keys()].sort()).toEqual(pool.map(({ namespaceId }) => namespaceId).sort());
    for (const count of counts.values()) {
      expect(count).toBeGreaterThanOrEqual(33);
      expect(count).toBeLessThanOrEqual(100);
    }
  });
});

test("`fleet sandbox kill` takes the names that people know, and answers others with those there are", async () => {
  const unknown = await fleet.fleet(["sandbox", "kill", "pool-9"]);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toMatch(/There is no pool-9.*There are: producer, pool-1, .*zone:us-east-1a/);
  const pool1 = fleet.outputs().consumers.find(({ name }) => name === "pool-1")!;
  const { stdout } = await fleet.mustFleet(["sandbox", "kill", "pool-1", "--json"]);
  expect(JSON.parse(stdout)).toEqual({ targets: [pool1.workgroup], alive: false });
  await fleet.mustFleet(["sandbox", "revive", "pool-1"]);
  await eventually(
    () => targets(fleet),
    (all) => all.every(({ state }) => state === "healthy"),
    60_000,
  );
});

describe("sharing", () => {
  test("a row written on the producer is read through the balancer at once", async () => {
    const count = async () => Number((await query(reader, `select count(*) from ${shared}`))[0]?.[0]);
    const before = await count();
    await query(admin, `insert into ${own} select * from ${own} limit 1`);
    expect(await count()).toBe(before + 1);
  });

  test("writing through a consumer is refused", async () => {
    await expect(query(reader, `insert into ${shared} select * from ${shared} limit 1`)).rejects.toThrow();
    await expect(query(reader, `delete from ${shared}`)).rejects.toThrow();
  });

  test("every warehouse passes `fleet verify`", async () => {
    expect(JSON.parse((await fleet.mustFleet(["verify", "--json"])).stdout)).toMatchObject({ ok: true });
  });

  test("`fleet check` finds nothing wrong", async () => {
    const { stdout } = await fleet.fleet(["check", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [] });
  });
});

describe("doing it again", () => {
  test("`fleet start` knows that nothing changed without asking the engine", async () => {
    const { stderr } = await fleet.mustFleet(["start"], { timeoutMs: deployMs });
    expect(stderr).toContain("nothing changed since the last");
    expect(stderr).not.toContain("preview");
  });

  test("plain `pulumi up` with the pack at its strictest sees no drift, changes nothing, and finds nothing", async () => {
    const args = ["up", "--refresh", "--yes", "--skip-preview", "--expect-no-changes", "--stack", "local"];
    const strict = ["--policy-pack", "policies", "--policy-pack-config", "policies/config/strict.json"];
    const { code, stdout, stderr, said } = await judge(fleet, [...args, ...strict]);
    expect(code === 0 ? "" : stdout + stderr).toBe("");
    // A reader's password is changed by its generation, which no policy can see somebody raise.
    const found = said.filter((one) => !isNote(one)).map(({ level, policy }) => `${level} ${policy}`);
    expect(found).toEqual(["advisory secret-rotation"]);
  });
});

describe("stopped and started", () => {
  /** What the catalogs say of shares, grants, databases and readers, and how many rows there are on either side. */
  async function everything(): Promise<unknown[][][]> {
    return [
      await query(admin, "select share_name, createdate, share_owner from svv_datashares order by 1"),
      await query(admin, "select share_name, object_type, object_name from svv_datashare_objects order by 1, 2, 3"),
      await query(admin, "select share_name, consumer_namespace from svv_datashare_consumers order by 1, 2"),
      await query(admin, `select count(*) from ${own}`),
      await query(reader, `select count(*) from ${shared}`),
      await query(reader, "select database_name, database_type from svv_redshift_databases order by 1"),
    ];
  }

  test("it is the fleet that it was: rows, shares, readers, and nothing to deploy", async () => {
    await query(admin, `insert into ${own} select * from ${own} limit 1`);
    const [before, outputs] = [await everything(), fleet.outputs()];
    await fleet.mustFleet(["sandbox", "stop"]);
    expect(processesOf(fleet.directory)).toEqual([]);
    await expect(query(reader, "select 1")).rejects.toThrow();
    const { stderr } = await fleet.start();
    // Others updated the stack since `fleet start` did, so that it asks the engine.
    expect(stderr).toContain("no changes");
    expect(stderr).not.toContain("deployment");
    expect(fleet.outputs()).toEqual(outputs);
    expect(await everything()).toEqual(before);
    expect(JSON.parse((await fleet.mustFleet(["verify", "--json"])).stdout)).toMatchObject({ ok: true });
  });
});

describe("growing and shrinking", () => {
  const poolOf = (size: number, limits: Record<string, unknown> = {}) =>
    fleet.configuration((config) => {
      config.pool = { ...config.pool, size };
      config.consumers = { analytics: { ...(config.consumers?.analytics as object), ...limits } };
    });
  /** The query limits of the consumer that is not of the pool, as AWS tells them. */
  const limitsOfAnalytics = async () => {
    const { serverless } = accountOf(fleet);
    const workgroupName = String(fleet.outputs().consumers.find(({ name }) => name === "analytics")?.workgroup);
    const { workgroup } = await serverless.send(new GetWorkgroupCommand({ workgroupName }));
    const limits = (workgroup?.configParameters ?? []).filter(({ parameterKey }) => parameterKey?.startsWith("max_"));
    return Object.fromEntries(limits.map(({ parameterKey, parameterValue }) => [parameterKey, parameterValue]));
  };
  const stack = (operation: string, file: string) => [operation, "--stack", "local", "--config-file", file];

  /** A table of the reader's own, and a right given by hand: what keeps a user from being dropped. */
  async function leaveBehind(name: string): Promise<void> {
    const consumer = fleet.outputs().consumers.find((candidate) => candidate.name === name);
    if (!consumer?.secretArn) throw new Error(`no consumer ${name}`);
    const asAdmin = await loginOf(fleet, { ...consumer, secretArn: consumer.secretArn });
    await query(asAdmin, `grant create on schema public to "${reader.user}"`);
    const { host, port, database } = asAdmin;
    await query({ ...reader, host, port, database }, "create table public.scratch as select 1 as a");
  }

  const renamed = () =>
    fleet.configuration((config) => {
      config.pool = { ...config.pool, size: 2 };
      config.datashares = { airline: { ...(config.datashares?.airline as object), consumerDatabase: "renamed" } };
    });

  /** Updates to a pool of this size, all of which serves then. @returns what was done, `<operation> <resource>` */
  async function serves(size: number, file: string): Promise<string[]> {
    const { code, stdout, stderr, steps } = await judge(fleet, [...stack("up", file), "--yes", "--skip-preview"]);
    expect(code === 0 ? "" : stdout + stderr).toBe("");
    const pool = fleet.outputs().consumers.filter(({ group }) => group === "pool");
    expect(pool).toHaveLength(size);
    const ids = pool.map(({ namespaceId }) => namespaceId).sort();
    const serving = async () => [...(await spread(reader, 60)).keys()].sort();
    await eventually(serving, (seen) => seen.join() === ids.join(), 120_000);
    return steps.filter(({ op }) => op !== "same").map(({ op, resource }) => `${op} ${resource}`);
  }

  test("a pool of 5 serves with all of its consumers, and limits are what is configured; nothing else is touched", async () => {
    const limits = { monitoring: { maxScanRowCount: 1_000_000 }, queryTimeoutSeconds: 600 };
    const done = await serves(5, poolOf(5, limits));
    expect(done.filter((step) => !/^create .*pool-[45]/.test(step))).toEqual(["update analytics-parameters"]);
    expect(await limitsOfAnalytics()).toEqual({ max_scan_row_count: "1000000", max_query_execution_time: "600" });
  });

  test("a pool of 2 does, though readers left things on those that went; their database has another name", async () => {
    for (const name of ["pool-1", "pool-4", "pool-5"]) await leaveBehind(name);
    await serves(2, renamed());
    // What is taken out of the configuration goes from the workgroup too.
    expect(await limitsOfAnalytics()).toEqual({ max_query_execution_time: "14400" });
    expect(await query(reader, `select count(*) from renamed.${own}`)).toEqual(
      await query(admin, `select count(*) from ${own}`),
    );
    await expect(query(reader, `select count(*) from ${shared}`)).rejects.toThrow();
  });

  test("nothing is left to do, also after a refresh: a restart and parameters that nobody sent are no change", async () => {
    const args = [...stack("up", renamed()), "--refresh", "--yes", "--skip-preview", "--expect-no-changes"];
    const { code, stdout, stderr } = await fleet.pulumi(args);
    expect(code === 0 ? "" : stdout + stderr).toBe("");
  });
});

describe("the end", () => {
  test("`pulumi destroy` leaves no resource and nothing in the account", async () => {
    await fleet.mustPulumi(["destroy", "--yes", "--skip-preview", "--stack", "local"]);
    expect(fleet.state()).toEqual([]);
    const inside = JSON.parse((await fleet.mustFleet(["sandbox", "status", "--json"])).stdout);
    expect(inside).toMatchObject({ workgroups: [], loadBalancers: [] });
    const sandbox = (name: string) => processesOf(fleet.directory).filter(({ command }) => command.includes(name));
    expect(sandbox("postgres")).toEqual([]);
  });

  test("stopping leaves no process", async () => {
    await fleet.mustFleet(["sandbox", "stop"]);
    expect(processesOf(fleet.directory)).toEqual([]);
  });
});
