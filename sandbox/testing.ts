import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkServerIdentity } from "node:tls";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { RedshiftServerlessClient } from "@aws-sdk/client-redshift-serverless";
import {
  GetSecretValueCommand,
  type GetSecretValueCommandOutput,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { Client, type ClientConfig } from "pg";
import type { NetworkTimes } from "./network/times";
import { Sandbox } from "./sandbox";

/** A sandbox in a folder of its own, and the official SDKs' clients of it. */
export class TestSandbox {
  private constructor(
    private readonly dir: string,
    private readonly times: Partial<NetworkTimes>,
    /** What it has logged. */
    readonly events: string[],
    private running: Running,
  ) {}

  /** @param times what is to differ from the times of AWS's network */
  static async open(times: Partial<NetworkTimes> = {}): Promise<TestSandbox> {
    const dir = fs.mkdtempSync(join(tmpdir(), "sandbox-"));
    const events: string[] = [];
    return new TestSandbox(dir, times, events, await run(dir, times, events));
  }

  get sandbox(): Sandbox {
    return this.running.sandbox;
  }
  get serverless(): RedshiftServerlessClient {
    return this.running.serverless;
  }
  get data(): RedshiftDataClient {
    return this.running.data;
  }
  get balancers(): ElasticLoadBalancingV2Client {
    return this.running.balancers;
  }

  /**
   * @param anyName whether the certificate may name another host
   * @param keepAlive whether the client has the keepalives that it should
   */
  async connect({ host, anyName = false, keepAlive = true, ...user }: Login): Promise<Client> {
    const ssl = {
      ca: fs.readFileSync(this.sandbox.caPath, "utf8"),
      checkServerIdentity: anyName ? () => undefined : checkServerIdentity,
    };
    const client = new Client({
      host,
      port: 5439,
      database: "fleet",
      ssl,
      ...user,
      keepAlive,
      keepAliveInitialDelayMillis: 60_000,
    });
    // A connection that is cut is a failed query to tests, not an unhandled error.
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  /** Rows as lists, asked for by the user of a secret. */
  async query(text: string, { secretArn, ...where }: Login & { secretArn: string }): Promise<unknown[][]> {
    const { SecretString } = await this.secret(secretArn);
    const { username, password } = JSON.parse(SecretString!) as { username: string; password: string };
    const client = await this.connect({ ...where, user: username, password });
    try {
      return (await client.query({ text, rowMode: "array" })).rows as unknown[][];
    } finally {
      await client.end();
    }
  }

  secret(secretArn: string): Promise<GetSecretValueCommandOutput> {
    return this.running.secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  }

  async restart(): Promise<void> {
    await this.sandbox.close();
    this.running = await run(this.dir, this.times, this.events);
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

type Login = { host: string; anyName?: boolean; keepAlive?: boolean } & Pick<ClientConfig, "user" | "password">;

interface Running {
  sandbox: Sandbox;
  serverless: RedshiftServerlessClient;
  data: RedshiftDataClient;
  secrets: SecretsManagerClient;
  balancers: ElasticLoadBalancingV2Client;
}

async function run(dir: string, times: Partial<NetworkTimes>, events: string[]): Promise<Running> {
  const log = (line: string) => events.push(line);
  const sandbox = await Sandbox.open({ dir, profile: "instant", region: "us-east-1", times, log });
  const port = await sandbox.listen(0);
  const options = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  };
  return {
    sandbox,
    serverless: new RedshiftServerlessClient(options),
    data: new RedshiftDataClient(options),
    secrets: new SecretsManagerClient(options),
    balancers: new ElasticLoadBalancingV2Client(options),
  };
}

export async function eventually(condition: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
