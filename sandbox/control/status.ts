import type { DaemonFile } from "./files";

/** A workgroup as people look at it. */
export interface WorkgroupSummary {
  name: string;
  namespaceName: string;
  namespaceId: string;
  status: string;
  host: string;
  port: number;
  /** Every address it listens on: its own and those of its managed endpoints. */
  addresses: string[];
  killed: boolean;
  connections: number;
}

/** A load balancer as people look at it. */
export interface BalancerSummary {
  name: string;
  dnsName: string;
  listeners: { port: number; host: string; hostPort: number; connections: number }[];
  targets: { address: string; zone?: string; state: string }[];
}

/** What exists, whoever made it: for finding what nobody owns any more. */
export interface Inventory {
  /** `<service>/<kind of thing>` → ids. */
  account: Record<string, string[]>;
  /** Namespace ids of the databases. */
  databases: string[];
}

export interface SandboxStatus extends DaemonFile {
  dir: string;
  ready: boolean;
  workgroups: WorkgroupSummary[];
  loadBalancers: BalancerSummary[];
  /** Availability zones of the Region. */
  zones: string[];
  zonesDown: string[];
  /** Resident memory of the process itself, in MiB; the databases' processes come on top. */
  memoryMiB: number;
}
