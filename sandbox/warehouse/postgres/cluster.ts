import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { isAlive } from "@redshift-fleet/toolchain";
import { Client } from "pg";
import type { PostgresBinaries } from "./binaries";
import { commandAs, type Identity } from "./identity";
import { commandLine, ended, pause, signalProcess } from "./processes";
import { maintenanceDatabase, settingArguments, socketPort, superuser } from "./settings";

export interface ClusterOptions {
  binaries: PostgresBinaries;
  identity: Identity;
  /** Data directory. */
  data: string;
  /** Folder of the socket; the path of the socket in it must stay below 107 bytes. */
  socket: string;
  /** Settings beyond the common ones. */
  settings: Record<string, string>;
  logFile: string;
  /** Called after the server ended without being told to and came back. */
  onRecovered?: () => void;
}

const startDeadline = 30_000;
const watchInterval = 250;

/**
 * One PostgreSQL server on a data directory. It outlives this process: after a crash of the sandbox the next one finds
 * the server by its pid file and adopts it. A server that dies unasked is started again.
 */
export class Cluster {
  private pid: number | undefined;
  private wanted = false;
  private watch: NodeJS.Timeout | undefined;
  private transition: Promise<void> = Promise.resolve();

  constructor(private readonly options: ClusterOptions) {}

  get running(): boolean {
    return this.wanted && this.pid !== undefined && isAlive(this.pid);
  }

  get socketPath(): string {
    return path.join(this.options.socket, `.s.PGSQL.${socketPort}`);
  }

  get dataDirectory(): string {
    return this.options.data;
  }

  get socketFolder(): string {
    return this.options.socket;
  }

  /** Pid of the postmaster while it runs. */
  get processId(): number | undefined {
    return this.pid;
  }

  /** Starts the server, or adopts one that already runs on this data directory. @throws Error with the server's log. */
  start(): Promise<void> {
    this.wanted = true;
    return this.inTurn(() => this.launch());
  }

  /** Ends all sessions and stops the server in order (`fast` shutdown). */
  stop(): Promise<void> {
    this.wanted = false;
    return this.inTurn(() => this.end("SIGINT"));
  }

  /** Ends the server at once, as a crash would; the next start recovers. */
  kill(): Promise<void> {
    this.wanted = false;
    return this.inTurn(() => this.end("SIGQUIT"));
  }

  /** Leaves the server running and alone: the next process adopts it. */
  letGo(): void {
    this.wanted = false;
    clearInterval(this.watch);
  }

  /** A connection as the server's superuser. Strings follow the SQL standard in it. The caller ends it. */
  async connect(database: string, options: { allowSystemTableChanges?: boolean } = {}): Promise<Client> {
    const settings = ["standard_conforming_strings=on", "client_min_messages=warning", "search_path=pg_catalog"];
    if (options.allowSystemTableChanges) settings.push("allow_system_table_mods=on");
    const client = new Client({
      host: this.options.socket,
      port: socketPort,
      user: superuser,
      database,
      options: settings.map((setting) => `-c ${setting}`).join(" "),
    });
    client.on("error", () => {}); // a lost connection shows at the next query
    await client.connect();
    return client;
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    const next = this.transition.then(step);
    this.transition = next.catch(() => {});
    return next;
  }

  private async launch(): Promise<void> {
    if (this.pid !== undefined && isAlive(this.pid)) return;
    if (!fs.existsSync(path.join(this.options.data, "PG_VERSION")))
      throw new Error(`PostgreSQL does not start: ${this.options.data} holds no databases`);
    this.pid = await this.survivor();
    const deadline = Date.now() + startDeadline;
    while (!(await this.answers())) {
      if (this.pid === undefined || !isAlive(this.pid)) {
        if (Date.now() > deadline) throw new Error(`PostgreSQL does not start: ${this.logTail()}`);
        // After a killed postmaster its last children may hold the shared memory for a moment: then it is tried again.
        if (this.pid !== undefined) await pause(100);
        this.pid = this.spawnServer();
      }
      if (Date.now() > deadline) throw new Error(`PostgreSQL does not answer after 30 s: ${this.logTail()}`);
      await pause(5);
    }
    this.watchOver();
  }

  /** A server on this data directory which an earlier process of the sandbox left behind. */
  private async survivor(): Promise<number | undefined> {
    const file = path.join(this.options.data, "postmaster.pid");
    if (!fs.existsSync(file)) return undefined;
    const pid = Number.parseInt(fs.readFileSync(file, "latin1"), 10);
    if (isAlive(pid) && (await commandLine(pid)).includes(this.options.data)) return pid;
    fs.rmSync(file, { force: true });
    return undefined;
  }

  private spawnServer(): number | undefined {
    const { binaries, identity, data, socket, settings, logFile } = this.options;
    const { command, args, options } = commandAs(identity, path.join(binaries.root, "bin", "postgres"), [
      ...["-D", data, "-k", socket, "-p", String(socketPort)],
      ...settingArguments(settings),
    ]);
    const log = fs.openSync(logFile, "a", 0o600);
    try {
      const child = spawn(command, args, {
        ...options,
        cwd: data,
        env: { PATH: process.env.PATH, LC_ALL: "C" },
        stdio: ["ignore", log, log],
        detached: true,
      });
      child.on("error", () => {}); // shows as a server that does not start
      child.unref();
      return child.pid;
    } finally {
      fs.closeSync(log);
    }
  }

  private async answers(): Promise<boolean> {
    if (!fs.existsSync(this.socketPath)) return false;
    try {
      await (await this.connect(maintenanceDatabase)).end();
      return true;
    } catch {
      return false;
    }
  }

  private watchOver(): void {
    clearInterval(this.watch);
    this.watch = setInterval(() => {
      if (!this.wanted || (this.pid !== undefined && isAlive(this.pid))) return;
      clearInterval(this.watch);
      void this.inTurn(async () => {
        if (!this.wanted) return;
        await this.launch();
        this.options.onRecovered?.();
      }).catch(() => {});
    }, watchInterval);
    this.watch.unref();
  }

  private async end(signal: "SIGINT" | "SIGQUIT"): Promise<void> {
    clearInterval(this.watch);
    const pid = this.pid ?? (await this.survivor());
    this.pid = undefined;
    if (pid === undefined) return;
    signalProcess(pid, signal);
    if (await ended(pid, 10_000)) return;
    signalProcess(pid, "SIGKILL");
    await ended(pid, 5_000);
  }

  private logTail(): string {
    try {
      return fs.readFileSync(this.options.logFile, "utf8").slice(-600).trim();
    } catch {
      return "it left no log";
    }
  }
}
