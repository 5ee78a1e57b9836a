export {
  addFault,
  calls,
  clearFaults,
  faults,
  hangs,
  inventory,
  kill,
  moveEndpoint,
  probe,
  revive,
  type SandboxState,
  status,
} from "./client";
export { type DaemonFile, readDaemonFile } from "./files";
export { logs, type StartOptions, start, stop } from "./lifecycle";
export { olderLog } from "./log";
export type { Inventory, SandboxStatus, WorkgroupSummary } from "./status";
