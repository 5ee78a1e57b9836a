import fs from "node:fs";
import path from "node:path";
import { rootCertificates } from "node:tls";
import { RedshiftServerless } from "@aws-sdk/client-redshift-serverless";
import { Client } from "pg";
import { javaProgram, type Program, pythonProgram } from "./clients/programs";
import { type Login, query } from "./support/clients";
import { deployMs, repository } from "./support/fleet";
import { loginOf } from "./support/logins";
import { eventually, isInstalled, succeed } from "./support/processes";
import { type SharedFleet, sharedFleet } from "./support/shared-fleet";

// Real clients through the balancer, with TLS and without: each lists the shared tables, runs a prepared statement
// twice and a report. One that is not on this machine is skipped, and its test says why.

/** What every client must find. */
interface Findings {
  tables: string[];
  prepared: number[];
  report: string[];
}
type Ask = (tls: boolean) => Promise<Findings>;

const schema = "airline";
const reportFile = path.join(repository, "examples", "airline", "reports", "01_punctuality_by_route.sql");
const report = fs.readFileSync(reportFile, "utf8").trim().replace(/;$/, "");

let shared: SharedFleet;
let ca: string;
let expected: Findings;
const preparedStatement = () =>
  `select count(*) from ${shared.database}.${schema}.dim_customer where loyalty_tier = $1 and joined_on < getdate()`;

jest.setTimeout(deployMs);
beforeAll(async () => {
  shared = await sharedFleet();
  const status = JSON.parse((await shared.fleet.mustFleet(["sandbox", "status", "--json"])).stdout);
  ca = String(status.caPath);
  await acceptPlainConnections(String(shared.fleet.environment.AWS_ENDPOINT_URL));
  expected = await nodePostgres(true);
  expect(expected.tables).toContain("dim_customer");
  expect(expected.prepared[0]).toBeGreaterThan(0);
  expect(expected.prepared[1]).toBe(0);
  expect(expected.report.length).toBeGreaterThan(10);
});

/** Tells every workgroup that demands TLS not to, as an operator would: by AWS's API. */
async function acceptPlainConnections(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
  const client = new RedshiftServerless({ region: "us-east-1", endpoint, credentials });
  for (const { workgroupName, configParameters = [] } of (await client.listWorkgroups({})).workgroups ?? []) {
    if (!configParameters.some((each) => each.parameterKey === "require_ssl" && each.parameterValue === "true"))
      continue;
    const changed = configParameters.map((each) =>
      each.parameterKey === "require_ssl" ? { ...each, parameterValue: "false" } : each,
    );
    await client.updateWorkgroup({ workgroupName, configParameters: changed });
    const status = async () => (await client.getWorkgroup({ workgroupName })).workgroup?.status;
    await eventually(status, (now) => now === "AVAILABLE", 30_000);
  }
  client.destroy();
}

async function nodePostgres(tls: boolean): Promise<Findings> {
  const client = new Client({
    ...shared.reader,
    ssl: tls && { ca: fs.readFileSync(ca), checkServerIdentity: () => undefined },
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
  });
  await client.connect();
  try {
    const listing = "select table_name from svv_all_tables where database_name = $1 and schema_name = $2";
    const column = async (text: string, values: string[], name?: string): Promise<string[]> =>
      (await client.query<string[]>({ name, text, values, rowMode: "array" })).rows.map(([first]) => String(first));
    const prepared: number[] = [];
    for (const tier of ["gold", "none"]) {
      prepared.push(Number((await column(preparedStatement(), [tier], "customers"))[0]));
    }
    return {
      tables: (await column(listing, [shared.database, schema])).sort(),
      prepared,
      report: await column(report, []),
    };
  } finally {
    await client.end();
  }
}

async function psql(tls: boolean): Promise<Findings> {
  const { host, port, database, user, password } = shared.reader;
  const mode = tls ? `sslmode=verify-ca sslrootcert=${ca}` : "sslmode=disable";
  const ask = async (sql: string) => {
    const args = [
      "-XAtq",
      "-F",
      "\t",
      "-v",
      "ON_ERROR_STOP=1",
      `host=${host} port=${port} dbname=${database} user=${user} ${mode} keepalives=1 keepalives_idle=60`,
    ];
    const { stdout } = await succeed("psql", args, { input: sql, env: { ...process.env, PGPASSWORD: password } });
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split("\t")[0] ?? "");
  };
  const listing = `select table_name from svv_all_tables where database_name = '${shared.database}' and schema_name = '${schema}';`;
  const prepared = `prepare customers (varchar) as ${preparedStatement()}; execute customers ('gold'); execute customers ('none');`;
  return {
    tables: (await ask(listing)).sort(),
    prepared: (await ask(prepared)).map(Number),
    report: await ask(`${report};`),
  };
}

/** Runs a program that prints its findings. */
const runs =
  ({ command, args }: { command: string; args: string[] }): Ask =>
  async (tls) => {
    const { host, port, database, user, password } = shared.reader;
    const told = { host, port, database, user, password, ca, tls, shared: shared.database, schema, report };
    // redshift_connector takes the authorities it trusts from the environment.
    const env: NodeJS.ProcessEnv = { ...process.env, SSL_CERT_FILE: ca };
    for (const [name, value] of Object.entries({ ...told, prepared: preparedStatement() })) {
      env[`CLIENT_${name.toUpperCase()}`] = String(value);
    }
    const { stdout } = await succeed(command, args, { env, timeoutMs: 60_000 });
    const found = JSON.parse(stdout) as Findings;
    return { ...found, tables: found.tables.sort() };
  };

/** Says as whom it came in, or fails with the driver's own words. */
type LogIn = (login: Login) => Promise<string>;

const programLogsIn =
  ({ command, args }: { command: string; args: string[] }): LogIn =>
  async (login) => {
    const env: NodeJS.ProcessEnv = { ...process.env, SSL_CERT_FILE: ca };
    for (const [name, value] of Object.entries({ ...login, ca, tls: true })) {
      env[`CLIENT_${name.toUpperCase()}`] = String(value);
    }
    return JSON.parse((await succeed(command, args, { env, timeoutMs: 60_000 })).stdout).user;
  };

const psqlLogsIn: LogIn = async ({ host, port, database, user, password }) => {
  const where = `host=${host} port=${port} dbname=${database} user=${user} sslmode=verify-ca sslrootcert=${ca}`;
  const env = { ...process.env, PGPASSWORD: password };
  return (await succeed("psql", ["-XAtqc", "select current_user", where], { env })).stdout.trim();
};

/** In a process of its own: what node-postgres cannot read of an answer, it throws where nobody can catch it. */
const nodePostgresLogsIn: LogIn = async (login) => {
  const program = `
    const { Client } = require("pg");
    const client = new Client({ ...JSON.parse(process.env.LOGIN), ssl: { rejectUnauthorized: false } });
    client.connect().then(() => client.query("select current_user"))
      .then(({ rows }) => { console.log(rows[0].current_user); return client.end(); });`;
  const env = { ...process.env, LOGIN: JSON.stringify(login) };
  return (await succeed(process.execPath, ["-e", program], { env, cwd: repository })).stdout.trim();
};

/** A client, and either how to use it or why it is not tried. */
type Tried = { name: string; readsDigests: boolean } & ({ ask: Ask; logIn: LogIn } | { missing: string });

const tried = (name: string, program: Program, readsDigests = false): Tried =>
  "missing" in program
    ? { name, readsDigests, ...program }
    : { name, readsDigests, ask: runs(program), logIn: programLogsIn(program) };

const clients: Tried[] = [
  isInstalled("psql")
    ? { name: "psql", readsDigests: false, ask: psql, logIn: psqlLogsIn }
    : { name: "psql", readsDigests: false, missing: "psql is not installed" },
  { name: "node-postgres", readsDigests: false, ask: nodePostgres, logIn: nodePostgresLogsIn },
  tried("psycopg 3", pythonProgram("psycopg")),
  tried("psycopg 2", pythonProgram("psycopg2")),
  tried("redshift_connector", pythonProgram("redshift_connector"), true),
  tried("redshift-jdbc42", javaProgram(), true),
];

for (const client of clients) {
  for (const tls of [true, false]) {
    const title = `${client.name} ${tls ? "with" : "without"} TLS`;
    if ("missing" in client) test.skip(`${title}: not tried, ${client.missing}`, () => undefined);
    else
      test(title, async () => {
        expect(await client.ask(tls)).toEqual(expected);
      });
  }
}

describe("of two users made on the producer", () => {
  const password = "Secret12";
  const forms = { came_by_md5: password, came_by_sha256: `sha256|${password}` };
  let producer: Login;

  beforeAll(async () => {
    producer = await loginOf(shared.fleet, shared.fleet.outputs().producer);
    for (const [user, form] of Object.entries(forms)) await query(producer, `create user ${user} password '${form}'`);
  });
  afterAll(() => query(producer, `drop user if exists ${Object.keys(forms).join(", ")}`));

  for (const client of clients) {
    if ("missing" in client) continue;
    test(`${client.name} logs in as ${client.readsDigests ? "both" : "the one with an MD5 digest only"}`, async () => {
      const asUser = (user: string) => client.logIn({ ...producer, user, password });
      expect(await asUser("came_by_md5")).toBe("came_by_md5");
      const second = asUser("came_by_sha256");
      if (client.readsDigests) expect(await second).toBe("came_by_sha256");
      else await expect(second).rejects.toThrow(/authentication method 13 not supported|message type 13/);
    });
  }
});

/** The sample for node-postgres in the guide, as a program that says who it is, or the code of the error. */
function guidesNodeSample(): string {
  const guide = fs.readFileSync(path.join(repository, "docs", "connection-guide.md"), "utf8");
  const sample = /```ts\n(const pool = new pg\.Pool[\s\S]*?)```/.exec(guide)?.[1];
  if (!sample) throw new Error("The guide has no sample for node-postgres.");
  return `
    const pg = require("pg");
    const { host, user, password, ca } = JSON.parse(process.env.GIVEN);
    ${sample}
    pool.query("select current_user")
      .then(({ rows }) => console.log(rows[0].current_user), ({ code }) => console.log(code))
      .finally(() => pool.end());`;
}

/** @param sample made from the guide's. @returns what the program prints */
async function runSample(sample: string, certificates: string): Promise<string> {
  const env = { ...process.env, GIVEN: JSON.stringify({ ...shared.reader, ca: certificates }) };
  return (await succeed(process.execPath, ["-e", sample], { env, cwd: repository })).stdout.trim();
}

test("the guide's sample for node-postgres checks the authority, and not the balancer's name", async () => {
  const sample = guidesNodeSample();
  const [right, foreign] = [fs.readFileSync(ca, "utf8"), rootCertificates[0]!];
  expect(await runSample(sample, right)).toBe(shared.reader.user);
  expect(await runSample(sample, foreign)).toMatch(/SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_/);
  const comparing = sample.replace(", checkServerIdentity: () => undefined", "");
  expect(await runSample(comparing, right)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
});
