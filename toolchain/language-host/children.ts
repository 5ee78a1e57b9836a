import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** How long a child may take to end after an interrupt before it is killed, in milliseconds. */
const graceMs = 5_000;

const running = new Set<ChildProcess>();

export interface Exit {
  /** The exit code, or undefined when a signal ended the process. */
  code: number | undefined;
  signal: NodeJS.Signals | undefined;
}

export interface Child {
  process: ChildProcess;
  /** Settles once the process has ended and everything it wrote was read. Rejects when it could not be started. */
  ended: Promise<Exit>;
}

/** Starts a process that never outlives this one: see {@link endChildren}. */
export function startChild(command: string, args: string[], options: SpawnOptions): Child {
  const child = spawn(command, args, options);
  running.add(child);
  const ended = new Promise<Exit>((resolve, reject) => {
    child.once("error", (error) => {
      running.delete(child);
      reject(new Error(`cannot run ${command}: ${error.message}`));
    });
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? undefined, signal: signal ?? undefined });
    });
  });
  return { process: child, ended };
}

/** Asks a process to end, and insists after a grace period. */
export function endChild(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGINT");
  const insist = setTimeout(() => child.kill("SIGKILL"), graceMs);
  child.once("close", () => clearTimeout(insist));
}

/** Ends all of them; for Cancel, signals and the death of the engine. */
export async function endChildren(): Promise<void> {
  const gone = [...running].map((child) => new Promise((resolve) => child.once("close", resolve)));
  for (const child of running) endChild(child);
  await Promise.all(gone);
}
