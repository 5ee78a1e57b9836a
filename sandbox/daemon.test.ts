import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateNamespaceCommand,
  CreateWorkgroupCommand,
  GetWorkgroupCommand,
  RedshiftServerlessClient,
} from "@aws-sdk/client-redshift-serverless";
import { isAlive } from "@redshift-fleet/toolchain";
import { Client } from "pg";
import { start, stop } from "./control/lifecycle";
import { Sandbox } from "./sandbox";
import { ec2 } from "./services/ec2/service";
import { eventually } from "./testing";

const { build }: { build(packages: string[]): string[] } = require("../scripts/build.cjs");

const adminUserPassword = "Passw0rd1";
let dir: string;

beforeAll(() => {
  build(["sandbox"]);
  dir = fs.mkdtempSync(join(tmpdir(), "daemon-"));
});
afterAll(() => stop({ dir, purge: true }), 60_000);

/** The network that Pulumi's providers would make. */
async function makeSubnets(): Promise<string[]> {
  const sandbox = await Sandbox.open({ dir, profile: "instant", region: "us-east-1", times: {}, log: () => {} });
  const { vpcId } = sandbox.use(ec2).vpcs.create({ cidrBlock: "10.0.0.0/16" });
  const subnetIds = ["a", "b", "c"].map((zone, index) => {
    const place = { cidrBlock: `10.0.${index}.0/24`, availabilityZone: `us-east-1${zone}` };
    return sandbox.use(ec2).subnets.create({ vpcId, ...place }).subnetId;
  });
  await sandbox.close();
  return subnetIds;
}

async function query(host: string, text: string): Promise<unknown[][]> {
  const login = { database: "fleet", user: "admin", password: adminUserPassword };
  const client = new Client({
    host,
    port: 5439,
    ...login,
    ssl: { ca: fs.readFileSync(join(dir, "tls", "ca.pem"), "utf8") },
  });
  await client.connect();
  const { rows } = await client.query({ text, rowMode: "array" });
  await client.end();
  return rows;
}

test("rows are there after a daemon that stood still was replaced", async () => {
  const subnetIds = await makeSubnets();
  const first = await start({ dir });
  const aws = new RedshiftServerlessClient({
    endpoint: `http://127.0.0.1:${first.ports.api}`,
    region: first.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const names = { namespaceName: "orders", workgroupName: "orders" };
  const namespace = { namespaceName: "orders", dbName: "fleet", adminUsername: "admin", adminUserPassword };
  await aws.send(new CreateNamespaceCommand(namespace));
  await aws.send(new CreateWorkgroupCommand({ ...names, baseCapacity: 8, subnetIds }));
  const workgroup = async () => (await aws.send(new GetWorkgroupCommand(names))).workgroup!;
  await eventually(async () => (await workgroup()).status === "AVAILABLE", "the workgroup");
  const host = (await workgroup()).endpoint!.vpcEndpoints![0]!.networkInterfaces![0]!.privateIpAddress!;
  await query(host, "create table kept (id int)");
  await query(
    host,
    "insert into kept with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000) select i from n",
  );

  process.kill(first.pid, "SIGSTOP");
  const second = await start({ dir, patienceMs: 1_000 });
  expect(second.pid).not.toBe(first.pid);
  expect(isAlive(first.pid)).toBe(false);
  expect(await query(host, "select count(*)::int, sum(id)::int from kept")).toEqual([[1_000, 500_500]]);
}, 120_000);
