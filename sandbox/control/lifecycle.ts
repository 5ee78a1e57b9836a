import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../alive";
import { call, runningDaemon, status } from "./client";
import { daemonFile, logFile } from "./files";
import { lockHolder } from "./lock";
import type { SandboxStatus } from "./status";

export interface StartOptions {
  /** Folder of the sandbox's data; made when missing. */
  dir: string;
  /** `instant` or `aws`. @default instant */
  profile?: string;
  /** @default us-east-1, or what the folder was started with before */
  region?: string;
  /** Told what is being waited for. */
  onProgress?: (message: string) => void;
  /** Milliseconds that a start may take. @default 120000 */
  deadlineMs?: number;
}

const POLL_MS = 50;
const STOP_DEADLINE_MS = 30_000;
const LOG_LINES_IN_ERROR = 15;

/** Starts the sandbox in the background, or finds it running. @throws Error with the end of its log when it does not come up. */
export async function start(options: StartOptions): Promise<SandboxStatus> {
  const dir = resolve(options.dir);
  const running = await status({ dir });
  if (running) return running;
  options.onProgress?.("Starting the sandbox");
  mkdirSync(dir, { recursive: true });
  rmSync(daemonFile(dir), { force: true });
  const log = openSync(logFile(dir), "a");
  const args = ["--enable-source-maps", daemonEntry(), "--dir", dir];
  if (options.profile !== undefined) args.push("--profile", options.profile);
  if (options.region !== undefined) args.push("--region", options.region);
  const child = spawn(process.execPath, args, { cwd: dir, detached: true, stdio: ["ignore", log, log] });
  let exit: number | null | undefined;
  child.once("exit", (code) => {
    exit = code;
  });
  child.unref();
  const deadline = Date.now() + (options.deadlineMs ?? 120_000);
  while (Date.now() < deadline) {
    if (exit !== undefined) throw new Error(`The sandbox did not start (exit code ${exit}).\n${endOfLog(dir)}`);
    if (runningDaemon(dir)) return call<SandboxStatus>(dir, "GET", "/status");
    await sleep(POLL_MS);
  }
  throw new Error(`The sandbox was not ready in time.\n${endOfLog(dir)}`);
}

/** Stops the sandbox; with `purge` its data goes too. @returns whether one ran */
export async function stop({ dir: folder, purge = false }: { dir: string; purge?: boolean }): Promise<boolean> {
  const dir = resolve(folder);
  const pid = lockHolder(dir);
  if (pid !== undefined) {
    process.kill(pid, "SIGTERM");
    const deadline = Date.now() + STOP_DEADLINE_MS;
    while (isAlive(pid)) {
      if (Date.now() > deadline) throw new Error(`The sandbox (process ${pid}) does not stop; see ${logFile(dir)}.`);
      await sleep(POLL_MS);
    }
  }
  if (purge) rmSync(dir, { recursive: true, force: true });
  return pid !== undefined;
}

/** The file that the sandbox logs to. */
export function logs({ dir }: { dir: string }): string {
  return logFile(resolve(dir));
}

/** The compiled daemon: beside this code where that is compiled, else in the package's dist folder. */
function daemonEntry(): string {
  const candidates = [join(__dirname, "daemon.js"), join(dirname(__dirname), "dist", "daemon.js")];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found) throw new Error("The sandbox is not compiled; run `npm run build`.");
  return found;
}

function endOfLog(dir: string): string {
  const file = logFile(dir);
  if (!existsSync(file)) return "";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-LOG_LINES_IN_ERROR).join("\n");
}
