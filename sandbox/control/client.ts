import type { Fault, FaultRequest } from "../api/faults";
import { type DaemonFile, readDaemonFile } from "./files";
import { lockHolder } from "./lock";
import type { Inventory, SandboxStatus } from "./status";

const TIMEOUT_MS = 60_000;

/** @throws Error with the sandbox's own words, or saying that none runs. */
export async function call<T>(dir: string, method: string, path: string, body?: object): Promise<T> {
  const daemon = runningDaemon(dir);
  if (!daemon) throw new Error(`No sandbox is running in ${dir}. Start one with \`npx fleet sandbox start\`.`);
  const response = await fetch(`http://127.0.0.1:${daemon.ports.control}${path}`, {
    method,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
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

/** Undefined where no sandbox runs in the folder. */
export async function status({ dir }: { dir: string }): Promise<SandboxStatus | undefined> {
  return runningDaemon(dir) && call<SandboxStatus>(dir, "GET", "/status");
}

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

/** The faults in force, and how many calls each has seen pass by. */
export function faults({ dir }: { dir: string }): Promise<(Fault & { seen: number })[]> {
  return call(dir, "GET", "/faults");
}

/** Ends one fault, or all. @returns those still in force */
export function clearFaults({ dir, id }: { dir: string; id?: number }): Promise<Fault[]> {
  return call(dir, "DELETE", "/faults", { id });
}
