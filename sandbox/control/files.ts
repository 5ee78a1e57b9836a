import fs from "node:fs";
import { join } from "node:path";

/** What a running sandbox tells about itself in its folder. */
export interface DaemonFile {
  pid: number;
  ports: { api: number; control: number; aws: number; command: number };
  startedAt: string;
  caPath: string;
  region: string;
  profile: string;
  /** Ports that it had before and found taken, by what answers there now. */
  movedPorts?: Partial<Record<keyof DaemonFile["ports"], { from: number; to: number }>>;
}

export const daemonFile = (dir: string) => join(dir, "daemon.json");
export const logFile = (dir: string) => join(dir, "daemon.log");
export const lockFile = (dir: string) => join(dir, "daemon.pid");

/** Undefined where no sandbox was ever started here, or it was stopped in good order. */
export function readDaemonFile(dir: string): DaemonFile | undefined {
  const file = daemonFile(dir);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as DaemonFile) : undefined;
}

export function writeDaemonFile(dir: string, contents: DaemonFile): void {
  const file = daemonFile(dir);
  fs.writeFileSync(`${file}.next`, `${JSON.stringify(contents, undefined, 2)}\n`);
  fs.renameSync(`${file}.next`, file);
}
