import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Written to its standard input. */
  input?: string;
  /** Deadline in milliseconds; the process and its children are killed then. */
  timeoutMs?: number;
}

/** Runs a program to its end, whatever its exit code. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const { cwd, env, input, timeoutMs = 120_000 } = options;
  // A group of its own, so that a deadline reaches what the program started too.
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  // A program that ends without reading its input closes the pipe: how it ended says what there is to say.
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => out.push(data));
  child.stderr.on("data", (data: Buffer) => err.push(data));
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    killGroup(child);
  }, timeoutMs);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit) => resolve(exit ?? -1));
    });
    const finished = { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
    if (late) throw new Error(`${command} ${args.join(" ")} took longer than ${timeoutMs} ms\n${describe(finished)}`);
    return finished;
  } finally {
    clearTimeout(deadline);
  }
}

/** Runs a program that must succeed; its output is in the error otherwise. */
export async function succeed(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const finished = await run(command, args, options);
  if (finished.code !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with code ${finished.code}\n${describe(finished)}`);
  }
  return finished;
}

/** A program that is there to be killed; nothing is thrown when it fails. */
export interface Killable {
  ended: Promise<void>;
  /** Ends it, not what it started. @returns whether it still ran */
  kill(): boolean;
  killWithChildren(): void;
}

export function startKillable(command: string, args: string[], { cwd, env }: RunOptions): Killable {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return { ended, kill: () => child.kill("SIGKILL"), killWithChildren: () => killGroup(child) };
}

/** What went wrong: the engine prints all outputs of a stack below its diagnostics. */
function describe({ stdout, stderr }: Finished): string {
  const [, diagnostics] = /^Diagnostics:\n([\s\S]*?)(?=^\w+:\n|$(?![\s\S]))/m.exec(stdout) ?? [];
  const said = diagnostics ?? stdout.split("\n").slice(-80).join("\n");
  return [said, ...stderr.split("\n").slice(-40)].join("\n");
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Processes whose command line names a folder; those of a sandbox name its data directory. */
export function processesOf(directory: string): { pid: number; command: string }[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" });
  return stdout.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(.*)$/.exec(line);
    return match?.[2]?.includes(directory) ? [{ pid: Number(match[1]), command: match[2] }] : [];
  });
}

/**
 * Processes that were started with a folder in their environment, where the system tells: what an engine that was
 * killed has left running.
 */
export function startedWith(directory: string): number[] {
  if (!fs.existsSync("/proc/self/environ")) return [];
  return fs.readdirSync("/proc").flatMap((name) => {
    try {
      const own = name === String(process.pid) || !/^\d+$/.test(name);
      return !own && fs.readFileSync(`/proc/${name}/environ`, "utf8").includes(directory) ? [Number(name)] : [];
    } catch {
      // It ended meanwhile, or is somebody else's.
      return [];
    }
  });
}

/** Whether a program is there to be run. */
export function isInstalled(command: string, args = ["--version"]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Asks again until the answer is good; fails with the last answer after the deadline. */
export async function eventually<T>(
  ask: () => Promise<T>,
  good: (answer: T) => boolean,
  deadlineMs: number,
): Promise<T> {
  const until = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > until) throw new Error(`still not so after ${deadlineMs} ms: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
