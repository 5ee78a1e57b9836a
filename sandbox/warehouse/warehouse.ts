import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Front } from "../front/listener";
import { verifies } from "../front/password";
import { templateContents } from "./catalog";
import { type HouseServices, houseOf } from "./house";
import { md5Secret, Namespace } from "./namespace";
import { findBinaries, type PostgresBinaries } from "./postgres/binaries";
import { Cluster } from "./postgres/cluster";
import { chooseIdentity, type Identity } from "./postgres/identity";
import { copyFolder, giveTo } from "./postgres/processes";
import { socketRoot } from "./postgres/sockets";
import { Spares } from "./postgres/spares";
import { ensureTemplate, templateVersion } from "./postgres/template";
import { WarehouseSession } from "./session";
import { Synchroniser } from "./sharing/synchroniser";
import { type NamespaceState, WarehouseState, type WorkgroupState } from "./state";

export interface WarehouseOptions {
  /** Folder of all data, made when missing. */
  directory: string;
  accountId: string;
  region: string;
  /** Templates of servers, shared by all sandboxes of a user. */
  cacheDirectory?: string;
  /** How many namespaces to make files for ahead, in a warehouse that has none yet. */
  spares?: number;
  log?: (line: string) => void;
}

export interface WarehouseStatus {
  namespaces: { namespaceId: string; running: boolean; processId: number | undefined }[];
  workgroups: {
    workgroupName: string;
    namespaceId: string;
    listening: boolean;
    killed: boolean;
    connections: number;
  }[];
}

/** Namespaces and workgroups of Redshift Serverless on PostgreSQL. Nothing of AWS's APIs is in here. */
export class Warehouse {
  private readonly namespaces = new Map<string, Namespace>();
  private readonly fronts = new Map<string, Front>();
  private readonly temporary = new Map<string, { secret: string; expiresAt: number }>();
  private readonly synchroniser: Synchroniser;
  private readonly spares: Spares;
  private template: Promise<string> | undefined;

  private constructor(
    private readonly options: WarehouseOptions,
    private readonly state: WarehouseState,
    private readonly binaries: PostgresBinaries,
    private readonly identity: Identity,
    private readonly sockets: string,
  ) {
    this.synchroniser = new Synchroniser(this.namespaces, options.accountId, (line) => options.log?.(line));
    this.spares = new Spares(path.join(options.directory, "spares"), (to) => this.makeData(to));
    if (options.spares && state.namespaces.size === 0) this.spares.prepare(options.spares);
  }

  /** Opens the warehouse of a folder; nothing runs before `restartAll` or `createNamespace`. */
  static async open(options: WarehouseOptions): Promise<Warehouse> {
    const directory = path.resolve(options.directory);
    fs.mkdirSync(path.join(directory, "c"), { recursive: true, mode: 0o755 });
    const state = WarehouseState.load(directory);
    const binaries = findBinaries();
    const identity = chooseIdentity([path.join(binaries.root, "bin"), path.join(directory, "c")]);
    const sockets = socketRoot(directory, state.socketRoot);
    if (sockets.elsewhere && state.socketRoot !== sockets.folder) {
      state.socketRoot = sockets.folder;
      state.save();
    }
    return new Warehouse({ ...options, directory }, state, binaries, identity, sockets.folder);
  }

  /** Makes a namespace and starts it; a half-made one of the same id, left by a crash, is made again. */
  async createNamespace(ns: {
    namespaceId: string;
    database: string;
    adminUsername: string;
    adminPassword: string;
  }): Promise<void> {
    if (this.namespaces.has(ns.namespaceId)) throw new Error(`namespace ${ns.namespaceId} exists`);
    const { namespaceId, database, adminUsername } = ns;
    const record: NamespaceState = {
      ...{ namespaceId, database, adminUsername },
      folder: this.freeFolder(namespaceId),
      templateVersion: templateVersion(this.binaries, templateContents()),
    };
    const data = this.dataFolder(record);
    fs.rmSync(path.dirname(data), { recursive: true, force: true });
    fs.mkdirSync(path.dirname(data), { mode: 0o755 });
    await this.spares.take(data);
    const namespace = await this.prepare(record);
    await namespace.cluster.start();
    try {
      await namespace.initialise(ns.adminPassword);
      // Known only when complete: after a crash before this line the namespace does not exist.
      this.state.namespaces.set(namespaceId, record);
      this.state.save();
      this.namespaces.set(namespaceId, namespace);
    } catch (error) {
      await namespace.cluster.kill();
      throw error;
    }
    await this.synchroniser.welcome([namespace]);
  }

  async setAdmin(namespaceId: string, username: string, password: string): Promise<void> {
    const namespace = this.namespace(namespaceId);
    await namespace.setAdmin(username, password);
    namespace.state.adminUsername = username;
    this.state.save();
  }

  /** Removes a namespace with all its data, and its workgroup. Removing what is not there is fine. */
  async deleteNamespace(namespaceId: string): Promise<void> {
    const workgroup = this.state.workgroupOf(namespaceId);
    if (workgroup) await this.closeWorkgroup(workgroup.workgroupName);
    const namespace = this.namespaces.get(namespaceId);
    this.namespaces.delete(namespaceId);
    const record = this.state.namespaces.get(namespaceId);
    this.state.namespaces.delete(namespaceId);
    this.state.save();
    if (!namespace || !record) return;
    await namespace.control.close();
    await namespace.cluster.kill();
    fs.rmSync(path.dirname(this.dataFolder(record)), { recursive: true, force: true });
    fs.rmSync(path.join(this.sockets, record.folder), { recursive: true, force: true });
    await this.synchroniser.forget(namespaceId);
  }

  /** Takes connections for a namespace; called again, it changes addresses, parameters and certificate of an open workgroup. */
  async openWorkgroup(wg: Omit<WorkgroupState, "killed">): Promise<void> {
    const namespace = this.namespace(wg.namespaceId);
    const { workgroupName, namespaceId, listen, tls } = wg;
    const known = this.state.workgroups.get(workgroupName);
    // Sessions and the front look at this object: a change of parameters reaches every new connection.
    const parameters = known?.parameters ?? {};
    for (const name of Object.keys(parameters)) delete parameters[name];
    Object.assign(parameters, wg.parameters);
    const workgroup: WorkgroupState = {
      workgroupName,
      namespaceId,
      listen,
      parameters,
      tls,
      killed: known?.killed ?? false,
    };
    this.state.workgroups.set(workgroupName, workgroup);
    this.state.save();
    if (!workgroup.killed) await this.openFront(workgroup, namespace);
  }

  async closeWorkgroup(workgroupName: string): Promise<void> {
    await this.fronts.get(workgroupName)?.close();
    this.fronts.delete(workgroupName);
    if (this.state.workgroups.delete(workgroupName)) this.state.save();
  }

  /** The workgroup dies: its connections break, its server ends as in a crash. Stays so until `revive`, even over a restart. */
  async kill(workgroupName: string): Promise<void> {
    const workgroup = this.workgroup(workgroupName);
    const namespace = this.namespace(workgroup.namespaceId);
    workgroup.killed = true;
    this.state.save();
    await this.fronts.get(workgroupName)?.close();
    await namespace.control.close();
    await namespace.cluster.kill();
  }

  /** Brings a killed workgroup back, with all that was committed, up to date with what others share. */
  async revive(workgroupName: string): Promise<void> {
    const workgroup = this.workgroup(workgroupName);
    const namespace = this.namespace(workgroup.namespaceId);
    await namespace.cluster.start();
    await this.synchroniser.welcome([namespace]);
    workgroup.killed = false;
    this.state.save();
    await this.openFront(workgroup, namespace);
  }

  /**
   * After a start of this process: brings back all namespaces and workgroups, adopting servers that still run.
   * @throws Error where another version of the sandbox made one of them.
   */
  async restartAll(): Promise<void> {
    this.refuseStrangers();
    const killed = new Set(
      [...this.state.workgroups.values()].filter((workgroup) => workgroup.killed).map(({ namespaceId }) => namespaceId),
    );
    for (const record of this.state.namespaces.values()) {
      if (!this.namespaces.has(record.namespaceId)) this.namespaces.set(record.namespaceId, await this.prepare(record));
    }
    const alive = [...this.namespaces.values()].filter(({ id }) => !killed.has(id));
    await Promise.all(alive.map((namespace) => namespace.cluster.start()));
    await this.synchroniser.welcome(alive);
    for (const workgroup of this.state.workgroups.values()) {
      if (!workgroup.killed) await this.openFront(workgroup, this.namespace(workgroup.namespaceId));
    }
  }

  /** Servers keep the system views that they were born with; this version would look for others in them. */
  private refuseStrangers(): void {
    const ours = templateVersion(this.binaries, templateContents());
    if ([...this.state.namespaces.values()].every((record) => record.templateVersion === ours)) return;
    throw new Error(
      `The databases in ${this.options.directory} were made by another version of the sandbox, which this one cannot serve. ` +
        "Run `npm run clean` to remove them, then `npm start` to deploy anew; or go back to the version that made them.",
    );
  }

  /** A trusted session for the Data API, with the permissions of `user`. @throws DatabaseError when it may not connect. */
  async connect(
    namespaceId: string,
    { database, user }: { database: string; user: string },
  ): Promise<WarehouseSession> {
    const workgroup = this.state.workgroupOf(namespaceId);
    const house = houseOf(
      this.namespace(namespaceId),
      this.services(),
      workgroup?.workgroupName ?? "",
      workgroup?.parameters ?? {},
    );
    return WarehouseSession.open(house, user, database);
  }

  /** Temporary credentials: until `expiresAt` the user, made when missing, may come in with this password too. */
  async issueCredentials(
    namespaceId: string,
    credentials: { user: string; password: string; expiresAt: Date },
  ): Promise<void> {
    const { user, password, expiresAt } = credentials;
    await this.namespace(namespaceId).ensureUser(user);
    this.temporary.set(`${namespaceId}/${user}`, { secret: md5Secret(user, password), expiresAt: expiresAt.getTime() });
  }

  /** Would the front let this user in with this password? */
  async verifyPassword(namespaceId: string, user: string, password: string): Promise<boolean> {
    const account = await houseOf(this.namespace(namespaceId), this.services(), "", {}).account(user);
    return (
      account !== undefined && !account.expired && account.secrets.some((secret) => verifies(secret, user, password))
    );
  }

  status(): WarehouseStatus {
    return {
      namespaces: [...this.namespaces.values()].map(({ id, cluster }) => ({
        namespaceId: id,
        running: cluster.running,
        processId: cluster.processId,
      })),
      workgroups: [...this.state.workgroups.values()].map(({ workgroupName, namespaceId, killed }) => ({
        workgroupName,
        namespaceId,
        killed,
        listening: this.fronts.get(workgroupName)?.listening ?? false,
        connections: this.fronts.get(workgroupName)?.connections ?? 0,
      })),
    };
  }

  /** Leaves all servers running for the next process, which adopts them: a restart of the sandbox that costs readers least. */
  async handOver(): Promise<void> {
    await Promise.all([this.closeFronts(), this.spares.close()]);
    for (const { control, cluster } of this.namespaces.values()) {
      cluster.letGo();
      await control.close();
    }
    this.namespaces.clear();
  }

  /** Stops everything in order; the data stays. */
  async close(): Promise<void> {
    await Promise.all([this.closeFronts(), this.spares.close()]);
    await Promise.all(
      [...this.namespaces.values()].map(async ({ control, cluster }) => {
        await control.close();
        await cluster.stop();
      }),
    );
    this.namespaces.clear();
  }

  private async openFront(workgroup: WorkgroupState, namespace: Namespace): Promise<void> {
    const { workgroupName, parameters, listen, tls } = workgroup;
    let front = this.fronts.get(workgroupName);
    if (!front) {
      front = new Front(houseOf(namespace, this.services(), workgroupName, parameters));
      this.fronts.set(workgroupName, front);
    }
    front.setTls(tls);
    await front.listen(listen);
  }

  private async closeFronts(): Promise<void> {
    await Promise.all([...this.fronts.values()].map((front) => front.close()));
    this.fronts.clear();
  }

  private services(): HouseServices {
    return {
      knowsNamespace: (id) => this.namespaces.has(id),
      propagate: ({ id }, database) => this.synchroniser.propagate({ namespaceId: id, database }),
      prepareStandIn: (namespace, database) => this.synchroniser.prepareStandIn(namespace, database),
      temporarySecret: (id, user) => {
        const credentials = this.temporary.get(`${id}/${user}`);
        return credentials && credentials.expiresAt > Date.now() ? credentials.secret : undefined;
      },
    };
  }

  private async prepare(record: NamespaceState): Promise<Namespace> {
    const socket = path.join(this.sockets, record.folder);
    fs.mkdirSync(socket, { recursive: true, mode: 0o700 });
    await giveTo(this.identity, socket);
    const namespace: Namespace = new Namespace(
      record,
      new Cluster({
        binaries: this.binaries,
        identity: this.identity,
        data: this.dataFolder(record),
        socket,
        settings: {
          "rs.namespace": record.namespaceId,
          "rs.account": this.options.accountId,
          "rs.region": this.options.region,
        },
        logFile: path.join(this.options.directory, "c", record.folder, "log"),
        onRecovered: () => {
          this.options.log?.(`namespace ${record.namespaceId} recovered after its server died`);
          void this.synchroniser.welcome([namespace]);
        },
      }),
    );
    return namespace;
  }

  private async makeData(to: string): Promise<void> {
    await copyFolder(await this.readyTemplate(), to);
    await giveTo(this.identity, to);
  }

  private readyTemplate(): Promise<string> {
    const cache = this.options.cacheDirectory ?? path.join(os.homedir(), ".cache", "redshift-fleet", "postgres");
    this.template ??= ensureTemplate(this.binaries, this.identity, templateContents(), cache, this.sockets);
    this.template.catch(() => {
      this.template = undefined;
    });
    return this.template;
  }

  private dataFolder(record: NamespaceState): string {
    return path.join(this.options.directory, "c", record.folder, "d");
  }

  private freeFolder(namespaceId: string): string {
    const taken = new Set([...this.state.namespaces.values()].map(({ folder }) => folder));
    const base = namespaceId.replaceAll("-", "");
    for (let at = 0; at + 8 <= base.length; at++) {
      const folder = base.slice(at, at + 8);
      if (!taken.has(folder)) return folder;
    }
    throw new Error(`no folder name left for namespace ${namespaceId}`);
  }

  private namespace(namespaceId: string): Namespace {
    const namespace = this.namespaces.get(namespaceId);
    if (!namespace) throw new Error(`namespace ${namespaceId} does not exist`);
    return namespace;
  }

  private workgroup(workgroupName: string): WorkgroupState {
    const workgroup = this.state.workgroups.get(workgroupName);
    if (!workgroup) throw new Error(`workgroup ${workgroupName} does not exist`);
    return workgroup;
  }
}
