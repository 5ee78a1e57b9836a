import { spawn } from "node:child_process";
import fs from "node:fs";

/** What running a command to its end took. */
export interface Run {
  seconds: number;
  /** Highest resident memory of the command and all it started, together, in MB; undefined where there is no /proc. */
  peakMb: number | undefined;
  stdout: string;
}

const lookMs = 50;
/** Nothing that is measured takes this long, in milliseconds, even on a machine that is busy with other things. */
const deadlineMs = 900_000;

/** Runs a command that must succeed. @throws Error with the end of what it printed */
export function run(
  command: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; memory?: boolean },
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const startedAt = process.hrtime.bigint();
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: deadlineMs,
    });
    let stdout = "";
    let stderr = "";
    let peakMb: number | undefined;
    const looking = options.memory ? setInterval(look, lookMs) : undefined;
    function look() {
      const now = child.pid === undefined ? undefined : memoryOf(descendants(child.pid), "Rss");
      if (now !== undefined) peakMb = Math.max(peakMb ?? 0, now);
    }
    child.stdout.on("data", (data: Buffer) => {
      stdout += data;
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(looking);
      const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
      if (code === 0) resolve({ seconds, peakMb, stdout });
      else
        reject(new Error(`${command} ${args.join(" ")} ended with ${code}:\n${`${stdout}\n${stderr}`.slice(-3_000)}`));
    });
  });
}

/** A process and everything below it, as far as it still has its parent. */
export function descendants(pid: number): number[] {
  if (!fs.existsSync("/proc")) return [];
  const childrenOf = new Map<number, number[]>();
  for (const entry of fs.readdirSync("/proc")) {
    const parent = parentOf(entry);
    if (parent !== undefined) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(entry)]);
  }
  const found = [pid];
  for (let at = 0; at < found.length; at++) found.push(...(childrenOf.get(found[at] as number) ?? []));
  return found;
}

function parentOf(entry: string): number | undefined {
  if (!/^\d+$/.test(entry)) return undefined;
  try {
    const stat = fs.readFileSync(`/proc/${entry}/stat`, "latin1");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined; // it ended meanwhile
  }
}

/**
 * Memory of processes in MB: `Rss` counts pages that several share once for each, `Pss` gives each its part of them, so
 * that only the sum of Pss is what the machine really gives. Undefined where the system does not say.
 */
export function memoryOf(pids: number[], kind: "Rss" | "Pss"): number | undefined {
  let kilobytes: number | undefined;
  for (const pid of pids) {
    try {
      const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, "latin1");
      const line = new RegExp(`^${kind}:\\s+(\\d+) kB`, "m").exec(rollup);
      if (line) kilobytes = (kilobytes ?? 0) + Number(line[1]);
    } catch {
      // It ended meanwhile, or there is no /proc.
    }
  }
  return kilobytes === undefined ? undefined : kilobytes / 1024;
}
