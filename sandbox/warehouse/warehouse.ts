import path from "node:path";
import { defaultAssumptions } from "../assumptions";
import type { IdleLimit } from "../network/idle";
import { Passwords } from "../wire/password";
import { type BackendServices, backendOf } from "./backend";
import { Clusters, type ClustersOptions } from "./clusters";
import { Namespace } from "./namespace";
import { WarehouseSession } from "./session";
import { Synchroniser } from "./sharing/synchroniser";
import { type NamespaceState, type SnapshotContents, WarehouseState, type WorkgroupState } from "./state";
import { TemporaryCredentials } from "./temporary-credentials";
import { type WorkgroupStatus, Workgroups } from "./workgroups";

export interface WarehouseOptions extends ClustersOptions {
  /** When endpoints forget silent connections; never where nothing is said. */
  idle?: IdleLimit;
  log?: (line: string) => void;
}

export interface WarehouseStatus {
  namespaces: { namespaceId: string; running: boolean; processId: number | undefined }[];
  workgroups: WorkgroupStatus[];
}

/** Namespaces and workgroups of Redshift Serverless on PostgreSQL. Nothing of AWS's APIs is in here. */
export class Warehouse {
  private readonly namespaces = new Map<string, Namespace>();
  /** Why namespaces do not run that should, by their ids. */
  private readonly faults = new Map<string, string>();
  private readonly temporary = new TemporaryCredentials();
  private readonly synchroniser: Synchroniser;
  private readonly passwords: Passwords;
  private readonly services: BackendServices;
  private readonly workgroups: Workgroups;

  private constructor(
    private readonly options: WarehouseOptions,
    private readonly state: WarehouseState,
    private readonly clusters: Clusters,
  ) {
    this.synchroniser = new Synchroniser(this.namespaces, options.accountId, (line) => options.log?.(line));
    this.passwords = new Passwords(options.assumptions);
    this.services = {
      passwords: this.passwords,
      assumptions: options.assumptions ?? defaultAssumptions,
      log: (line) => options.log?.(line),
      namespaceIds: () => new Set(this.namespaces.keys()),
      propagate: ({ id }, database) => this.synchroniser.propagate({ namespaceId: id, database }),
      prepareBackingDatabase: (namespace, database) => this.synchroniser.prepareBackingDatabase(namespace, database),
      temporarySecret: (id, user) => this.temporary.secret(id, user),
    };
    this.workgroups = new Workgroups(state, this.services, options.idle);
  }

  /** Opens the warehouse of a folder; nothing runs before `restartAll` or `createNamespace`. */
  static async open(options: WarehouseOptions): Promise<Warehouse> {
    const located = { ...options, directory: path.resolve(options.directory) };
    const state = WarehouseState.load(located.directory);
    return new Warehouse(located, state, Clusters.open(located, state));
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
      folder: this.clusters.freeFolder(namespaceId),
      templateVersion: this.clusters.version,
    };
    await this.clusters.make(record);
    const namespace = await this.prepare(record);
    await namespace.cluster.start();
    try {
      await namespace.initialise(this.passwords.secretOfAdmin(adminUsername, ns.adminPassword));
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
    await namespace.setAdmin(username, this.passwords.secretOfAdmin(username, password));
    namespace.state.adminUsername = username;
    this.state.save();
  }

  /** Removes a namespace with all its data, and its workgroup. Removing what is not there is fine. */
  async deleteNamespace(namespaceId: string): Promise<void> {
    const workgroup = this.state.workgroupOf(namespaceId);
    if (workgroup) await this.closeWorkgroup(workgroup.workgroupName);
    const namespace = this.namespaces.get(namespaceId);
    this.namespaces.delete(namespaceId);
    this.faults.delete(namespaceId);
    const record = this.state.namespaces.get(namespaceId);
    this.state.namespaces.delete(namespaceId);
    this.state.save();
    if (!namespace || !record) return;
    await namespace.control.close();
    await namespace.cluster.kill();
    this.clusters.remove(record);
    await this.synchroniser.forget(namespaceId);
  }

  /** Keeps what a namespace holds. Unlike AWS's, it cuts sessions off: files are copied while no server writes them. */
  async saveSnapshot(namespaceId: string, snapshot: string): Promise<void> {
    const namespace = this.namespace(namespaceId);
    await this.stopped(namespace, () => this.clusters.save(namespace.state, snapshot));
  }

  /** Puts what a snapshot holds in place of all that the namespace does, its administrator and the password included. */
  async restoreSnapshot(namespaceId: string, snapshot: string, holds: SnapshotContents): Promise<void> {
    const namespace = this.namespace(namespaceId);
    await this.stopped(namespace, () => this.clusters.load(namespace.state, snapshot, holds));
  }

  async deleteSnapshot(snapshot: string): Promise<void> {
    this.clusters.forget(snapshot);
  }

  /** Does something while a namespace's server stands still. */
  private async stopped(namespace: Namespace, work: () => Promise<void>): Promise<void> {
    const workgroup = this.state.workgroupOf(namespace.id);
    if (workgroup) await this.workgroups.shut(workgroup.workgroupName);
    await namespace.control.close();
    await namespace.cluster.stop();
    try {
      await work();
    } finally {
      await namespace.cluster.start();
      this.faults.delete(namespace.id);
      await this.synchroniser.welcome([namespace]);
      if (workgroup && !workgroup.killed) await this.workgroups.open(workgroup, namespace);
    }
  }

  /**
   * Takes connections for a namespace; called again, it changes addresses, parameters and certificate of an open workgroup.
   * @throws Error when the namespace did not start
   */
  async openWorkgroup(wg: Omit<WorkgroupState, "killed">): Promise<void> {
    this.requireStarted(wg.namespaceId);
    await this.workgroups.put(wg, this.namespace(wg.namespaceId));
  }

  async closeWorkgroup(workgroupName: string): Promise<void> {
    await this.workgroups.delete(workgroupName);
  }

  /** The workgroup dies: its connections break, its server ends as in a crash. Stays so until `revive`, even over a restart. */
  async kill(workgroupName: string): Promise<void> {
    const workgroup = this.workgroups.require(workgroupName);
    const namespace = this.namespace(workgroup.namespaceId);
    this.workgroups.setKilled(workgroup, true);
    await this.workgroups.shut(workgroupName);
    await namespace.control.close();
    await namespace.cluster.kill();
  }

  /** Brings a killed workgroup back, with all that was committed, up to date with what others share. */
  async revive(workgroupName: string): Promise<void> {
    const workgroup = this.workgroups.require(workgroupName);
    const namespace = this.namespace(workgroup.namespaceId);
    await namespace.cluster.start();
    this.faults.delete(namespace.id);
    await this.synchroniser.welcome([namespace]);
    this.workgroups.setKilled(workgroup, false);
    await this.workgroups.open(workgroup, namespace);
  }

  /**
   * After a start of this process: brings back all namespaces and workgroups, adopting servers that still run. One that
   * does not start is logged, and keeps none of the others from serving.
   * @throws Error where another version of the sandbox made one of them.
   */
  async restartAll(): Promise<void> {
    this.refuseStrangers();
    const killed = new Set(
      [...this.state.workgroups.values()].filter((workgroup) => workgroup.killed).map(({ namespaceId }) => namespaceId),
    );
    for (const record of this.state.namespaces.values()) {
      if (this.namespaces.has(record.namespaceId)) continue;
      this.clusters.settle(record);
      this.namespaces.set(record.namespaceId, await this.prepare(record));
    }
    const wanted = [...this.namespaces.values()].filter(({ id }) => !killed.has(id));
    await Promise.all(wanted.map((namespace) => this.tryToStart(namespace)));
    await this.synchroniser.welcome(wanted.filter(({ id }) => !this.faults.has(id)));
    for (const workgroup of this.state.workgroups.values()) {
      if (!workgroup.killed && !this.faults.has(workgroup.namespaceId))
        await this.workgroups.open(workgroup, this.namespace(workgroup.namespaceId));
    }
  }

  private async tryToStart({ id, cluster }: Namespace): Promise<void> {
    try {
      await cluster.start();
      this.faults.delete(id);
    } catch (error) {
      this.faults.set(id, (error as Error).message);
      this.options.log?.(`namespace ${id} does not start: ${(error as Error).message}`);
    }
  }

  /** @throws Error saying why the namespace does not run */
  private requireStarted(namespaceId: string): void {
    const fault = this.faults.get(namespaceId);
    if (fault !== undefined) throw new Error(`namespace ${namespaceId} does not run: ${fault}`);
  }

  /** Servers keep the system views that they were born with; this version would look for others in them. */
  private refuseStrangers(): void {
    const ours = this.clusters.version;
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
    if (workgroup?.killed) throw new Error(`workgroup ${workgroup.workgroupName} does not answer`);
    this.requireStarted(namespaceId);
    const backend = backendOf(
      this.namespace(namespaceId),
      this.services,
      workgroup?.workgroupName ?? "",
      workgroup?.parameters ?? {},
    );
    return WarehouseSession.open(backend, user, database);
  }

  /** Temporary credentials: until `expiresAt` the user, made when missing, may come in with this password too. */
  async issueCredentials(
    namespaceId: string,
    credentials: { user: string; password: string; expiresAt: Date },
  ): Promise<void> {
    await this.namespace(namespaceId).ensureUser(credentials.user);
    this.temporary.issue(namespaceId, credentials);
  }

  /** Would the warehouse let this user in with this password? */
  async verifyPassword(namespaceId: string, user: string, password: string): Promise<boolean> {
    const login = await backendOf(this.namespace(namespaceId), this.services, "", {}).login(user);
    return (
      login !== undefined &&
      !login.expired &&
      login.secrets.some((secret) => this.passwords.verifies(secret, user, password))
    );
  }

  status(): WarehouseStatus {
    return {
      namespaces: [...this.namespaces.values()].map(({ id, cluster }) => ({
        namespaceId: id,
        running: cluster.running,
        processId: cluster.processId,
      })),
      workgroups: this.workgroups.status(),
    };
  }

  /** Leaves all servers running for the next process, which adopts them: a restart of the sandbox that costs readers least. */
  async handOver(): Promise<void> {
    await Promise.all([this.workgroups.shutAll(), this.clusters.close()]);
    for (const { control, cluster } of this.namespaces.values()) {
      cluster.letGo();
      await control.close();
    }
    this.namespaces.clear();
  }

  /** Stops everything in order; the data stays. */
  async close(): Promise<void> {
    await Promise.all([this.workgroups.shutAll(), this.clusters.close()]);
    await Promise.all(
      [...this.namespaces.values()].map(async ({ control, cluster }) => {
        await control.close();
        await cluster.stop();
      }),
    );
    this.namespaces.clear();
  }

  private async prepare(record: NamespaceState): Promise<Namespace> {
    const cluster = await this.clusters.find(record, () => {
      this.options.log?.(`namespace ${record.namespaceId} recovered after its server died`);
      void this.synchroniser.welcome([namespace]);
    });
    const namespace = new Namespace(record, cluster);
    return namespace;
  }

  private namespace(namespaceId: string): Namespace {
    const namespace = this.namespaces.get(namespaceId);
    if (!namespace) throw new Error(`namespace ${namespaceId} does not exist`);
    return namespace;
  }
}
