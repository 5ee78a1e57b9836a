import fs from "node:fs";
import path from "node:path";
import { type Login, query } from "./support/clients";
import { deployMs, Fleet, repository } from "./support/fleet";
import { run } from "./support/processes";

// The walk of docs/own-fleet.md on this machine: a fleet of one's own beside the example, in a Region of its own.

const name = `walk-${process.pid}`;
const schema = name.replace("-", "_");
const stackFile = path.join(repository, "stacks", `Pulumi.${name}.yaml`);
const fleet = new Fleet();
const schemas = path.join(fleet.directory, "own", "schema");
const start = ["start", "--stack", name, "--json"];

afterAll(async () => {
  for (const stack of [name, "staging"]) await fleet.fleet(["sandbox", "stop", "--purge", "--stack", stack]);
  await fleet.close();
  fs.rmSync(stackFile, { force: true });
});

async function reader(): Promise<Login> {
  const { stdout } = await fleet.mustFleet(["connect", "--stack", name, "--sandbox", "--json"]);
  return JSON.parse(stdout);
}

test(
  "is written, started, read from, changed and stopped, and its committed file stays as it is",
  async () => {
    const init = ["init", name, "--region", "eu-central-1", "--schemas", schemas, "--pool", "1", "--json"];
    const { written } = JSON.parse((await fleet.mustFleet(init)).stdout);
    expect(written).toEqual([`stacks/Pulumi.${name}.yaml`, path.join(schemas, `0001_${schema}.sql`)]);
    const again = await fleet.fleet(init);
    expect(again).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/must not exist yet[\s\S]*must not exist yet/),
    });
    const committed = fs.readFileSync(stackFile, "utf8");
    fs.appendFileSync(path.join(schemas, `0001_${schema}.sql`), `\nCREATE TABLE ${schema}.customers (id INT);\n`);

    const first = JSON.parse((await fleet.mustFleet(start, { timeoutMs: deployMs })).stdout);
    expect(first.outputs.producer.secretArn).toMatch(/^arn:aws:secretsmanager:eu-central-1:/);
    expect(await query(await reader(), `select count(*) from ${schema}.${schema}.customers`)).toEqual([["0"]]);

    const second = `CREATE TABLE ${schema}.orders (id INT); INSERT INTO ${schema}.orders VALUES (1), (2);`;
    fs.writeFileSync(path.join(schemas, "0002_orders.sql"), second);
    await fleet.mustFleet(start, { timeoutMs: deployMs });
    expect(await query(await reader(), `select count(*) from ${schema}.${schema}.orders`)).toEqual([["2"]]);

    // Without a word about the place: nothing else of this name is anywhere.
    const env = { ...fleet.environment, PULUMI_HOME: fleet.directory };
    const checked = await fleet.fleet(["check", "--stack", name, "--json"], { env });
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true, findings: [] });
    expect(fs.readFileSync(stackFile, "utf8")).toBe(committed);

    fs.writeFileSync(stackFile, committed.replace("aws:region: eu-central-1", "aws:region: us-east-1"));
    expect((await fleet.fleet(start)).stdout).toContain("aws:region must stay eu-central-1");
  },
  2 * deployMs,
);

test(
  "an example stack is previewed in a sandbox of its own Region, and its file stays as it is",
  async () => {
    const file = path.join(repository, "stacks", "Pulumi.staging.yaml");
    const before = fs.readFileSync(file, "utf8");
    const { stdout } = await fleet.mustFleet(["start", "--stack", "staging", "--preview", "--json"]);
    const { changes, steps } = JSON.parse(stdout);
    expect(changes.create).toBeGreaterThan(100);
    expect(steps).toHaveLength(changes.create);
    expect(JSON.stringify(steps)).toContain('"network-a"');
    // It was started for the preview alone.
    const status = await fleet.fleet(["sandbox", "status", "--stack", "staging", "--json"]);
    expect(JSON.parse(status.stdout)).toMatchObject({ ready: false, state: "stopped" });
    expect(fs.readFileSync(file, "utf8")).toBe(before);
  },
  deployMs,
);

test("a shell without Pulumi has one after fleet env", async () => {
  const withoutPulumi = { ...fleet.environment, PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin` };
  const { stdout } = await fleet.mustFleet(["env", "--json"], { env: withoutPulumi });
  const version = await run("pulumi", ["version"], { env: { ...withoutPulumi, ...JSON.parse(stdout) } });
  expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^v3\./) });
});
