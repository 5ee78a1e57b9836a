import type { BalancerSummary } from "../aws/elbv2/service";
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

export interface SandboxStatus extends DaemonFile {
  dir: string;
  ready: boolean;
  workgroups: WorkgroupSummary[];
  loadBalancers: BalancerSummary[];
  zonesDown: string[];
  /** Resident memory of the process itself, in MiB; the databases' processes come on top. */
  memoryMiB: number;
}
