import fs from "node:fs";

/** Whether there is a process with this number, and it is more than a zombie: what nobody waits for may stay as one. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  try {
    return !/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    // No /proc on this platform.
    return true;
  }
}
