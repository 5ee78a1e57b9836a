import type { Fault, FaultRequest } from "../aws/faults";
import { type DaemonFile, readDaemonFile } from "./files";
import { lockHolder } from "./lock";
import type { Inventory, SandboxStatus } from "./status";

const usualTimeoutMs = 60_000;
/** A sandbox whose event loop turns answers for its state in milliseconds; a busy machine gets this long. */
const statusTimeoutMs = 5_000;

/** @throws Error with the sandbox's own words, or saying that none runs. */
export async function call<T>(
  dir: string,
  method: string,
  path: string,
  body?: object,
  timeoutMs = usualTimeoutMs,
): Promise<T> {
  const daemon = runningDaemon(dir);
  if (!daemon) throw new Error(`No sandbox is running in ${dir}. Start one with \`npx fleet sandbox start\`.`);
  const response = await fetch(`http://127.0.0.1:${daemon.ports.control}${path}`, {
    method,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = (await response.json()) as T & { message?: string };
  if (!response.ok) throw new Error(answer.message ?? `The sandbox answered ${response.status}.`);
  return answer;
}

/** The sandbox of a folder, if its process lives. */
export function runningDaemon(dir: string): DaemonFile | undefined {
  const holder = lockHolder(dir);
  const daemon = readDaemonFile(dir);
  return holder !== undefined && daemon?.pid === holder ? daemon : undefined;
}

/** What there is of a sandbox in a folder. `hangs`: its process lives and does not answer. */
export type SandboxState =
  | { state: "stopped" }
  | { state: "starting" | "hangs"; pid: number }
  | { state: "ready"; status: SandboxStatus };

/** Answers within seconds, whatever the sandbox does. @param patienceMs for the sandbox to answer */
export async function probe({
  dir,
  patienceMs = statusTimeoutMs,
}: {
  dir: string;
  patienceMs?: number;
}): Promise<SandboxState> {
  const pid = lockHolder(dir);
  if (pid === undefined) return { state: "stopped" };
  if (!runningDaemon(dir)) return { state: "starting", pid };
  try {
    return { state: "ready", status: await call<SandboxStatus>(dir, "GET", "/status", undefined, patienceMs) };
  } catch (error) {
    if ((error as Error).name === "TimeoutError") return { state: "hangs", pid };
    // It may have begun to end while it was asked; what it answers with an error does not hang.
    if (lockHolder(dir) !== pid) return { state: "stopped" };
    if (!runningDaemon(dir)) return { state: "starting", pid };
    throw error;
  }
}

/** Undefined where no sandbox runs in the folder. @throws Error where one hangs */
export async function status({ dir }: { dir: string }): Promise<SandboxStatus | undefined> {
  const found = await probe({ dir });
  if (found.state === "hangs") throw new Error(hangs(found.pid));
  return found.state === "ready" ? found.status : undefined;
}

export const hangs = (pid: number): string =>
  `The sandbox (process ${pid}) lives and does not answer: \`npx fleet sandbox start\` or \`npm start\` replaces it, ` +
  "`npx fleet sandbox stop` ends it. Its data stays.";

/** Everything that exists in the account. */
export function inventory({ dir }: { dir: string }): Promise<Inventory> {
  return call(dir, "GET", "/inventory");
}

/** Takes down a workgroup (`workgroup:<name>` or just its name) or a zone (`zone:us-east-1a`). */
export function kill({ dir, target }: { dir: string; target: string }): Promise<SandboxStatus> {
  return call(dir, "POST", "/kill", { target });
}

export function revive({ dir, target }: { dir: string; target: string }): Promise<SandboxStatus> {
  return call(dir, "POST", "/revive", { target });
}

/** Gives a managed endpoint another address, as AWS may. */
export function moveEndpoint({ dir, endpointName }: { dir: string; endpointName: string }): Promise<SandboxStatus> {
  return call(dir, "POST", "/move-endpoint", { endpointName });
}

export function addFault({ dir, fault }: { dir: string; fault: FaultRequest }): Promise<Fault> {
  return call(dir, "POST", "/faults", fault);
}

/** What was asked of the services since the sandbox was started: `service:Operation` → how often. */
export function calls({ dir }: { dir: string }): Promise<Record<string, number>> {
  return call(dir, "GET", "/calls");
}

/** The faults in force, and how many calls each has seen pass by. */
export function faults({ dir }: { dir: string }): Promise<(Fault & { seen: number })[]> {
  return call(dir, "GET", "/faults");
}

/** Ends one fault, or all. @returns those still in force */
export function clearFaults({ dir, id }: { dir: string; id?: number }): Promise<Fault[]> {
  return call(dir, "DELETE", "/faults", { id });
}
