import type { TlsMaterial } from "../../tls/material";

/** What the service needs of whatever runs the databases. All methods may be repeated. */
export interface WarehousePort {
  createNamespace(namespace: {
    namespaceId: string;
    database: string;
    adminUsername: string;
    adminPassword: string;
  }): Promise<void>;
  setAdmin(namespaceId: string, username: string, password: string): Promise<void>;
  deleteNamespace(namespaceId: string): Promise<void>;
  /** Keeps all that a namespace holds now. */
  saveSnapshot(namespaceId: string, snapshotName: string): Promise<void>;
  /** Puts what a snapshot holds in place of all that the namespace does, its administrator and the password included. */
  restoreSnapshot(
    namespaceId: string,
    snapshotName: string,
    holds: { database: string; adminUsername: string },
  ): Promise<void>;
  deleteSnapshot(snapshotName: string): Promise<void>;
  openWorkgroup(workgroup: {
    workgroupName: string;
    namespaceId: string;
    listen: { host: string; port: number }[];
    parameters: Record<string, string>;
    tls: TlsMaterial;
  }): Promise<void>;
  closeWorkgroup(workgroupName: string): Promise<void>;
  issueCredentials(
    namespaceId: string,
    credentials: { user: string; password: string; expiresAt: Date },
  ): Promise<void>;
}
