import { spawn } from "node:child_process";
import fs from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ended, signalProcess } from "../warehouse/postgres/processes";
import { call, probe, runningDaemon, type SandboxState } from "./client";
import { daemonFile, logFile } from "./files";
import { lockHolder } from "./lock";
import { endServers } from "./servers";
import type { SandboxStatus } from "./status";

export interface StartOptions {
  /** Folder of the sandbox's data; made when missing. */
  dir: string;
  /** `instant` or `aws`. @default instant */
  profile?: string;
  /** @default us-east-1, or what the folder was started with before */
  region?: string;
  /** Of AWS's APIs: this one or none. @default the one of the last start, or a free one */
  port?: number;
  /** Told what is being waited for. */
  onProgress?: (message: string) => void;
  /** Milliseconds that a start may take. @default 120000 */
  deadlineMs?: number;
  /** For one that runs already to answer, as for `probe`; and again, before it is taken to hang. */
  patienceMs?: number;
}

const pollMs = 50;
const stopDeadlineMs = 30_000;
/** For a process that does not answer to see SIGTERM after all. */
const hangingDeadlineMs = 2_000;
const secondChanceMs = 10_000;
const killDeadlineMs = 5_000;
const logLinesInError = 15;

/**
 * Starts the sandbox in the background, or finds it running. One that hangs is replaced: its servers of PostgreSQL go on and
 * are adopted. @throws Error with the end of its log when it does not come up.
 */
export async function start(options: StartOptions): Promise<SandboxStatus> {
  const dir = resolve(options.dir);
  const deadline = Date.now() + (options.deadlineMs ?? 120_000);
  const found = await settled(dir, deadline, options.patienceMs);
  if (found.state === "ready") return found.status;
  if (found.state === "hangs") {
    options.onProgress?.(`Process ${found.pid} does not answer: replacing it`);
    await end(found.pid, hangingDeadlineMs);
  }
  options.onProgress?.("Starting the sandbox");
  fs.mkdirSync(dir, { recursive: true });
  fs.rmSync(daemonFile(dir), { force: true });
  const log = fs.openSync(logFile(dir), "a");
  const args = ["--enable-source-maps", daemonEntry(), "--dir", dir];
  if (options.profile !== undefined) args.push("--profile", options.profile);
  if (options.region !== undefined) args.push("--region", options.region);
  if (options.port !== undefined) args.push("--port", String(options.port));
  const child = spawn(process.execPath, args, { cwd: dir, detached: true, stdio: ["ignore", log, log] });
  let exit: number | null | undefined;
  child.once("exit", (code) => {
    exit = code;
  });
  child.unref();
  while (Date.now() < deadline) {
    if (exit !== undefined) throw new Error(`The sandbox did not start (exit code ${exit}).\n${endOfLog(dir)}`);
    if (runningDaemon(dir)) return call<SandboxStatus>(dir, "GET", "/status");
    await sleep(pollMs);
  }
  throw new Error(`The sandbox was not ready in time.\n${endOfLog(dir)}`);
}

/** The state of a sandbox that another process starts or stops just now, when that is done. */
async function settled(
  dir: string,
  deadline: number,
  patienceMs?: number,
): Promise<Exclude<SandboxState, { state: "starting" }>> {
  for (;;) {
    let found = await probe({ dir, patienceMs });
    // Before it is killed for it: one that has only very much to do gets a second chance.
    if (found.state === "hangs") found = await probe({ dir, patienceMs: patienceMs ?? secondChanceMs });
    if (found.state !== "starting") return found;
    if (Date.now() > deadline) {
      const words = `The sandbox (process ${found.pid}) is starting or stopping and does not come to an end with it`;
      throw new Error(`${words}; \`npx fleet sandbox stop\` ends it.\n${endOfLog(dir)}`);
    }
    await sleep(pollMs);
  }
}

/** Asks a process to end, and makes it when it does not. @returns whether it ended by itself */
async function end(pid: number, patienceMs: number): Promise<boolean> {
  const steps = [
    ["SIGTERM", patienceMs],
    ["SIGKILL", killDeadlineMs],
  ] as const;
  for (const [signal, waitMs] of steps) {
    signalProcess(pid, signal);
    if (await ended(pid, waitMs)) return signal === "SIGTERM";
  }
  throw new Error(`The sandbox (process ${pid}) does not end, even killed.`);
}

/** Stops the sandbox, by force where it hangs; with `purge` its data goes too. @returns whether one ran */
export async function stop({
  dir: folder,
  purge = false,
  patienceMs,
}: {
  dir: string;
  purge?: boolean;
  /** As for `probe`. */
  patienceMs?: number;
}): Promise<boolean> {
  const dir = resolve(folder);
  const pid = lockHolder(dir);
  if (pid !== undefined) {
    const patience = (await probe({ dir, patienceMs })).state === "hangs" ? hangingDeadlineMs : stopDeadlineMs;
    // A process that was killed has left its servers running.
    if (!(await end(pid, patience))) await endServers(dir);
  }
  if (purge) fs.rmSync(dir, { recursive: true, force: true });
  return pid !== undefined;
}

/** The file that the sandbox logs to. */
export function logs({ dir }: { dir: string }): string {
  return logFile(resolve(dir));
}

/** The compiled daemon: beside this code where that is compiled, else in the package's dist folder. */
function daemonEntry(): string {
  const candidates = [join(__dirname, "daemon.js"), join(dirname(__dirname), "dist", "daemon.js")];
  const found = candidates.find((candidate) => fs.existsSync(candidate));
  if (!found) throw new Error("The sandbox is not compiled; run `npm run build`.");
  return found;
}

function endOfLog(dir: string): string {
  const file = logFile(dir);
  if (!fs.existsSync(file)) return "";
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-logLinesInError).join("\n");
}
