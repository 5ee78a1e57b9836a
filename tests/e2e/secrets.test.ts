import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ListStatementsCommand, RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Login } from "./support/clients";
import { query } from "./support/clients";
import { deployMs } from "./support/fleet";
import { loginOf } from "./support/logins";
import { eventually, processesOf } from "./support/processes";
import { type SharedFleet, sharedFleet } from "./support/shared-fleet";

// Passwords stand in Secrets Manager and nowhere else. Each test fetches the real ones and looks for them where they
// must not be. What the fleet shows to whoever may see it (`fleet connect`, `fleet start` in the sandbox) is not searched.

jest.setTimeout(deployMs);

let shared: SharedFleet;
let admin: Login;
let passwords: string[];

beforeAll(async () => {
  shared = await sharedFleet();
  const { fleet } = shared;
  const { endpoint, producer, consumers } = fleet.outputs();
  admin = await loginOf(fleet, producer);
  const arns = [endpoint.secretArn, producer.secretArn, ...consumers.map(({ secretArn }) => secretArn)];
  const secrets = new SecretsManagerClient(client());
  passwords = await Promise.all(
    [...new Set(arns)].map(async (SecretId) => {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return (JSON.parse(SecretString ?? "{}") as { password: string }).password;
    }),
  );
  expect(passwords.length).toBeGreaterThan(2);
  for (const password of passwords) expect(password.length).toBeGreaterThanOrEqual(16);
});

/** Settings of an SDK client for the sandbox. */
function client() {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = shared.fleet.environment;
  return {
    endpoint: AWS_ENDPOINT_URL ?? "",
    region: AWS_REGION ?? "",
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  };
}

/** Passwords that stand in a text as they are, in JSON, in a URL or in base64. */
function found(text: string | Buffer): number {
  const forms = passwords.flatMap((password) => [
    password,
    JSON.stringify(password).slice(1, -1),
    encodeURIComponent(password),
    Buffer.from(password).toString("base64").replace(/=+$/, ""),
  ]);
  return forms.filter((form) => text.includes(form)).length;
}

function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return entry.isFile() ? [file] : [];
  });
}

test("the search finds what is there", () => {
  expect(found(`password=${passwords[0]}`)).toBeGreaterThan(0);
  expect(found(JSON.stringify({ password: passwords[1] }))).toBeGreaterThan(0);
});

test("errors made on purpose do not repeat them", async () => {
  const [password = ""] = passwords;
  const said: string[] = [];
  for (const [login, sql] of [
    [admin, `create user broken password '${password}' valid until nonsense`],
    [admin, `create user fleet_admin password '${password}'`],
    [admin, `alter user nobody_of_this_name password '${password}'`],
    [{ ...admin, user: "nobody" }, "select 1"],
    [{ ...shared.reader, database: "nowhere" }, "select 1"],
  ] as const) {
    const refused: unknown = await query(login, sql).then(
      () => new Error("was not refused"),
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(Error);
    expect((refused as Error).message).not.toBe("was not refused");
    said.push(JSON.stringify({ ...(refused as Error), message: (refused as Error).message }));
  }
  expect(found(said.join("\n"))).toBe(0);
});

test("the query history shows who failed at what without them", async () => {
  const history = "select query_text, error_message from sys_query_history order by start_time";
  // Statements come into the history a moment after they ran.
  const rows = await eventually(
    async () => JSON.stringify(await query(admin, history)),
    (text) => text.includes("nobody_of_this_name"),
    10_000,
  );
  expect(found(rows)).toBe(0);
});

test("the Data API's history has none", async () => {
  const data = new RedshiftDataClient(client());
  const texts: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await data.send(new ListStatementsCommand({ Status: "ALL", MaxResults: 100, NextToken }));
    texts.push(JSON.stringify(page.Statements));
    ({ NextToken } = page);
  } while (NextToken);
  expect(texts.join("")).toMatch(/CREATE USER/);
  expect(found(texts.join("\n"))).toBe(0);
});

test("state, outputs and what the engine prints have none", async () => {
  const { fleet } = shared;
  const exported = await fleet.mustPulumi(["stack", "export", "--show-secrets", "--stack", "local"]);
  const outputs = await fleet.mustPulumi(["stack", "output", "--show-secrets", "--json", "--stack", "local"]);
  const preview = await fleet.mustPulumi(["preview", "--stack", "local", "--diff"]);
  for (const { stdout, stderr } of [exported, outputs, preview]) expect(found(stdout + stderr)).toBe(0);
});

test("no file of the sandbox has one: state, logs, account, databases and their write-ahead logs", () => {
  const files = filesBelow(fs.realpathSync(shared.fleet.sandbox));
  expect(files.length).toBeGreaterThan(1000);
  expect(files.filter((file) => found(fs.readFileSync(file)) > 0)).toEqual([]);
});

const withProc = fs.existsSync("/proc/self/environ") ? test : test.skip;
withProc("no process has one among its arguments or variables", () => {
  const sandbox = processesOf(fs.realpathSync(shared.fleet.sandbox));
  expect(sandbox.length).toBeGreaterThan(1);
  const shown = sandbox.map(({ pid }) => {
    try {
      return fs.readFileSync(`/proc/${pid}/environ`, "latin1");
    } catch {
      return "";
    }
  });
  const everything = execFileSync("ps", ["-eo", "args="], { encoding: "utf8", maxBuffer: 64 << 20 });
  expect(found([everything, ...shown].join("\n"))).toBe(0);
});
