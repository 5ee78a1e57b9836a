import fs from "node:fs";
import path from "node:path";
import type { TlsMaterial } from "../tls/material";

export interface NamespaceState {
  namespaceId: string;
  /** The namespace's first database, which is never dropped: the warehouse keeps its records there. */
  database: string;
  adminUsername: string;
  /** Folder name of its server, short because socket paths are limited. */
  folder: string;
  /** Of what its server was born with: another version of the sandbox may not know how to serve it. */
  templateVersion: string;
  /** What a snapshot's files hold that lie complete beside this namespace's, and are to take their place. */
  incoming?: SnapshotContents;
}

/** What must be known of a snapshot to serve it. */
export interface SnapshotContents {
  database: string;
  adminUsername: string;
}

export interface WorkgroupState {
  workgroupName: string;
  namespaceId: string;
  listen: { host: string; port: number }[];
  parameters: Record<string, string>;
  tls: TlsMaterial;
  /** Taken down by `kill`; stays so until `revive`. */
  killed: boolean;
}

/** What the warehouse must know again after a restart, in one file that is replaced as a whole. */
export class WarehouseState {
  readonly namespaces = new Map<string, NamespaceState>();
  readonly workgroups = new Map<string, WorkgroupState>();
  /** Folder of sockets outside the data directory, where that one's path is too long. */
  socketRoot: string | undefined;

  private constructor(private readonly file: string) {}

  static load(directory: string): WarehouseState {
    const state = new WarehouseState(path.join(directory, "state.json"));
    if (!fs.existsSync(state.file)) return state;
    const saved = JSON.parse(fs.readFileSync(state.file, "utf8")) as {
      socketRoot?: string;
      namespaces: NamespaceState[];
      workgroups: WorkgroupState[];
    };
    state.socketRoot = saved.socketRoot;
    for (const namespace of saved.namespaces) state.namespaces.set(namespace.namespaceId, namespace);
    for (const workgroup of saved.workgroups) state.workgroups.set(workgroup.workgroupName, workgroup);
    return state;
  }

  /** Durable on return. The file holds private keys, so only its owner may read it. */
  save(): void {
    const text = JSON.stringify({
      socketRoot: this.socketRoot,
      namespaces: [...this.namespaces.values()],
      workgroups: [...this.workgroups.values()],
    });
    const incoming = `${this.file}.tmp`;
    const handle = fs.openSync(incoming, "w", 0o600);
    try {
      fs.writeSync(handle, text);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(incoming, this.file);
  }

  /** The workgroup of a namespace; a namespace has one at most. */
  workgroupOf(namespaceId: string): WorkgroupState | undefined {
    return [...this.workgroups.values()].find((workgroup) => workgroup.namespaceId === namespaceId);
  }
}
