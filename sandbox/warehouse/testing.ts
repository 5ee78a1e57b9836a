import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { Client, type QueryResult } from "pg";
import { parseAssumptions } from "../assumptions";
import { CertificateAuthority } from "../tls/authority";
import type { TlsMaterial } from "../tls/material";
import { Warehouse } from "./warehouse";

const { build }: { build(packages: string[]): string[] } = require("../../scripts/build.cjs");

export const namespaceIds = {
  producer: "11111111-aaaa-4aaa-8aaa-111111111111",
  consumer: "22222222-bbbb-4bbb-8bbb-222222222222",
  other: "33333333-cccc-4ccc-8ccc-333333333333",
};
type Name = keyof typeof namespaceIds;

const adminPassword = "Passw0rd1";

/** Warehouses that run, one for each name, with clients of PostgreSQL in front of them. */
export class TestWarehouses {
  private readonly ports = new Map<string, number>();
  private readonly clients: Client[] = [];

  private constructor(
    private readonly directory: string,
    private readonly tls: TlsMaterial,
    /** Who serves them now; a test may put another in its place. */
    public current: Warehouse,
  ) {}

  static async open(names: Name[], assumptions?: string): Promise<TestWarehouses> {
    // Long statements are translated by a thread, whose code is compiled.
    build(["sandbox"]);
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "warehouse-"));
    fs.chmodSync(directory, 0o755);
    const tls = await (await CertificateAuthority.open(path.join(directory, "tls"))).issue({
      commonName: "localhost",
      dnsNames: ["localhost"],
      addresses: ["127.0.0.1"],
    });
    const all = new TestWarehouses(directory, tls, await openIn(directory, assumptions));
    for (const name of names) await all.start(name);
    return all;
  }

  get stateFile(): string {
    return path.join(this.directory, "w", "state.json");
  }

  portOf(name: Name): number {
    return this.ports.get(name)!;
  }

  /** Another process on the same files. */
  reopen(): Promise<Warehouse> {
    return openIn(this.directory);
  }

  async connect(
    name: Name,
    options: { user?: string; password?: string; database?: string; ssl?: boolean } = {},
  ): Promise<Client> {
    const { user = "admin", password = adminPassword, database = "fleet", ssl = false } = options;
    const client = new Client({
      host: "127.0.0.1",
      port: this.ports.get(name),
      user,
      password,
      database,
      ssl: ssl && { ca: this.tls.ca },
    });
    client.on("error", () => {});
    await client.connect();
    this.clients.push(client);
    return client;
  }

  async disconnect(): Promise<void> {
    for (const client of this.clients.splice(0)) await client.end().catch(() => {});
  }

  async close(): Promise<void> {
    await this.current.close();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }

  private async start(name: Name): Promise<void> {
    const namespaceId = namespaceIds[name];
    const port = await freePort();
    this.ports.set(name, port);
    await this.current.createNamespace({ namespaceId, database: "fleet", adminUsername: "admin", adminPassword });
    await this.current.openWorkgroup({
      workgroupName: name,
      namespaceId,
      listen: [{ host: "127.0.0.1", port }],
      parameters: {},
      tls: this.tls,
    });
  }
}

function openIn(directory: string, assumptions?: string): Promise<Warehouse> {
  return Warehouse.open({
    directory: path.join(directory, "w"),
    accountId: "000000000000",
    region: "us-east-1",
    assumptions: parseAssumptions(assumptions),
    log: () => {},
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The first column of every row. */
export const values = (result: QueryResult): unknown[] =>
  result.rows.map((row: Record<string, unknown>) => Object.values(row)[0]);

/** Why something failed. */
export const failure = (promise: Promise<unknown>): Promise<{ code?: string; message: string }> =>
  promise.then(
    () => ({ message: "no error" }),
    (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
  );

export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 15_000; ; await new Promise((done) => setTimeout(done, 50))) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
