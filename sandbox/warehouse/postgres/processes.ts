import { execFile } from "node:child_process";
import fs from "node:fs";
import { promisify } from "node:util";
import { isAlive } from "@redshift-fleet/toolchain";
import { type Identity, ownerFor } from "./identity";

const run = promisify(execFile);

/** Resolves after `milliseconds`. */
export const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Sends `signal`, tolerating a process that is gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Waits until `pid` has ended. @returns false when it is still there after `milliseconds`. */
export async function ended(pid: number, milliseconds: number): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; isAlive(pid); await pause(5)) {
    if (Date.now() > deadline) return false;
  }
  return true;
}

/** The command line of a process, empty when it is gone: tells a server of ours from a stranger who got its old pid. */
export async function commandLine(pid: number): Promise<string> {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return run("ps", ["-o", "args=", "-p", String(pid)]).then(
      ({ stdout }) => stdout,
      () => "",
    );
  }
}

/** Runs a program to its end. @throws Error with what it wrote to stderr. */
export async function runProgram(command: string, args: string[], options: object = {}): Promise<void> {
  await run(command, args, { maxBuffer: 16 << 20, ...options });
}

/** Makes PostgreSQL's user the owner of a folder and all in it. */
export async function giveTo(identity: Identity, folder: string): Promise<void> {
  const owner = ownerFor(identity);
  if (process.getuid?.() === 0) await runProgram("chown", ["-R", `${owner}:${owner}`, folder]);
}

/** Copies a folder, sharing the blocks where the file system can. */
export async function copyFolder(from: string, to: string): Promise<void> {
  const flags = process.platform === "linux" ? ["-a", "--reflink=auto"] : ["-Rp"];
  await runProgram("cp", [...flags, from, to]);
}
