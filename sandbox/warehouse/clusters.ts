import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Assumptions, defaultAssumptions } from "../assumptions";
import { templateContents } from "./catalog";
import { findBinaries, type PostgresBinaries } from "./postgres/binaries";
import { Cluster } from "./postgres/cluster";
import { chooseIdentity, type Identity } from "./postgres/identity";
import { PreparedData } from "./postgres/prepared-data";
import { copyFolder, giveTo } from "./postgres/processes";
import { socketRoot } from "./postgres/sockets";
import { ensureTemplate, templateVersion } from "./postgres/template";
import type { NamespaceState, SnapshotContents, WarehouseState } from "./state";

export interface ClustersOptions {
  /** Folder of all data, made when missing. */
  directory: string;
  accountId: string;
  region: string;
  /** Positions on what no source settles. */
  assumptions?: Assumptions;
  /** Templates of servers, shared by all sandboxes of a user. */
  cacheDirectory?: string;
  /** How many namespaces to make files for ahead, in a warehouse that has none yet. */
  spares?: number;
}

/** The PostgreSQL clusters of a warehouse, one per namespace: where their files lie, and how these come and go. */
export class Clusters {
  private readonly spares: PreparedData;
  private template: Promise<string> | undefined;

  private constructor(
    private readonly options: ClustersOptions,
    private readonly state: WarehouseState,
    private readonly binaries: PostgresBinaries,
    private readonly identity: Identity,
    private readonly sockets: string,
  ) {
    this.spares = new PreparedData(path.join(options.directory, "spares"), (to) => this.makeData(to));
    if (options.spares && state.namespaces.size === 0) this.spares.prepare(options.spares);
  }

  /** Finds PostgreSQL, who is to run it, and where its sockets go. */
  static open(options: ClustersOptions, state: WarehouseState): Clusters {
    const { directory } = options;
    fs.mkdirSync(path.join(directory, "c"), { recursive: true, mode: 0o755 });
    const binaries = findBinaries();
    const identity = chooseIdentity([path.join(binaries.root, "bin"), path.join(directory, "c")]);
    const sockets = socketRoot(directory, state.socketRoot);
    if (sockets.elsewhere && state.socketRoot !== sockets.folder) {
      state.socketRoot = sockets.folder;
      state.save();
    }
    return new Clusters(options, state, binaries, identity, sockets.folder);
  }

  /** Of what a cluster made now is born with. */
  get version(): string {
    return templateVersion(this.binaries, templateContents());
  }

  /** A folder name that no namespace has. */
  freeFolder(namespaceId: string): string {
    const taken = new Set([...this.state.namespaces.values()].map(({ folder }) => folder));
    const base = namespaceId.replaceAll("-", "");
    for (let at = 0; at + 8 <= base.length; at++) {
      const folder = base.slice(at, at + 8);
      if (!taken.has(folder)) return folder;
    }
    throw new Error(`no folder name left for namespace ${namespaceId}`);
  }

  /** Makes the files of a namespace, in place of any that lie in its folder. */
  async make(record: NamespaceState): Promise<void> {
    const folder = this.folder(record);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { mode: 0o755 });
    await this.spares.take(this.dataFolder(record));
  }

  /** The cluster of a namespace's files, not started. `onRecovered` hears of each start after its server died by itself. */
  async find(record: NamespaceState, onRecovered: () => void): Promise<Cluster> {
    const socket = this.socketFolder(record);
    fs.mkdirSync(socket, { recursive: true, mode: 0o700 });
    await giveTo(this.identity, socket);
    const assumptions = this.options.assumptions ?? defaultAssumptions;
    return new Cluster({
      binaries: this.binaries,
      identity: this.identity,
      data: this.dataFolder(record),
      socket,
      settings: {
        "rs.namespace": record.namespaceId,
        "rs.account": this.options.accountId,
        "rs.region": this.options.region,
        "rs.databases_of_a_share": assumptions["databases-of-a-share"],
        "rs.usage_with_permissions": assumptions["usage-with-permissions"],
      },
      logFile: path.join(this.folder(record), "log"),
      onRecovered,
    });
  }

  /** Removes the files of a namespace, whose server must have ended. */
  remove(record: NamespaceState): void {
    fs.rmSync(this.folder(record), { recursive: true, force: true });
    fs.rmSync(this.socketFolder(record), { recursive: true, force: true });
  }

  /** Copies the files of a namespace, whose server must have ended. */
  async save(record: NamespaceState, snapshot: string): Promise<void> {
    const to = this.snapshotFolder(snapshot);
    fs.rmSync(to, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 });
    await copyFolder(this.dataFolder(record), to);
  }

  /**
   * Puts a snapshot's files in place of a namespace's, whose server must have ended. Whatever ends it half-way: after
   * `settle` the namespace has all of its old files or all of the snapshot's.
   */
  async load(record: NamespaceState, snapshot: string, holds: SnapshotContents): Promise<void> {
    const incoming = this.incomingFolder(record);
    fs.rmSync(incoming, { recursive: true, force: true });
    try {
      await copyFolder(this.snapshotFolder(snapshot), incoming);
      await giveTo(this.identity, incoming);
    } catch (error) {
      fs.rmSync(incoming, { recursive: true, force: true });
      throw error;
    }
    record.incoming = holds;
    this.state.save();
    this.settle(record);
  }

  /** Brings an exchange of files to its end whose copy is complete, and removes what is left of others. */
  settle(record: NamespaceState): void {
    const data = this.dataFolder(record);
    const incoming = this.incomingFolder(record);
    const outgoing = path.join(this.folder(record), "outgoing");
    if (record.incoming) {
      if (fs.existsSync(incoming)) {
        if (fs.existsSync(data)) {
          fs.rmSync(outgoing, { recursive: true, force: true });
          fs.renameSync(data, outgoing);
        }
        fs.renameSync(incoming, data);
      }
      Object.assign(record, record.incoming);
      record.incoming = undefined;
      this.state.save();
    }
    for (const left of [incoming, outgoing]) fs.rmSync(left, { recursive: true, force: true });
  }

  forget(snapshot: string): void {
    fs.rmSync(this.snapshotFolder(snapshot), { recursive: true, force: true });
  }

  private snapshotFolder(snapshot: string): string {
    return path.join(this.options.directory, "snapshots", snapshot);
  }

  /** Ends the making of files ahead. Servers are left as they are. */
  close(): Promise<void> {
    return this.spares.close();
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

  private folder(record: NamespaceState): string {
    return path.join(this.options.directory, "c", record.folder);
  }

  private dataFolder(record: NamespaceState): string {
    return path.join(this.folder(record), "d");
  }

  private incomingFolder(record: NamespaceState): string {
    return path.join(this.folder(record), "incoming");
  }

  private socketFolder(record: NamespaceState): string {
    return path.join(this.sockets, record.folder);
  }
}
