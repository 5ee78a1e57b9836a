import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "@redshift-fleet/toolchain";
import { lockFile } from "./files";

const confirmationMs = 20;

/**
 * Makes this process the one sandbox of a folder. A lock left by a killed process is taken over at once.
 * @throws Error naming the process that has it.
 */
export async function acquireLock(dir: string): Promise<() => void> {
  fs.mkdirSync(dir, { recursive: true });
  const file = lockFile(dir);
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = lockHolder(dir);
      if (holder !== undefined) throw new Error(`A sandbox is running in ${dir} already (process ${holder}).`);
      fs.rmSync(file, { force: true });
      continue;
    }
    // Two processes may have found the same stale lock; only the one whose number is there in the end has it.
    await sleep(confirmationMs);
    if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === String(process.pid))
      return () => fs.rmSync(file, { force: true });
  }
}

/** The process that runs the sandbox of a folder, if one does. */
export function lockHolder(dir: string): number | undefined {
  const file = lockFile(dir);
  if (!fs.existsSync(file)) return undefined;
  const pid = Number(fs.readFileSync(file, "utf8"));
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  // Numbers of processes come round again: where the system tells what runs, it must be a sandbox of this folder.
  const commandLine = `/proc/${pid}/cmdline`;
  if (fs.existsSync("/proc/self/cmdline")) {
    try {
      if (!fs.readFileSync(commandLine, "utf8").split("\0").includes(dir)) return undefined;
    } catch {
      return undefined;
    }
  }
  return pid;
}
