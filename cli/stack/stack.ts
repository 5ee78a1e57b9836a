import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { environment, repositoryDirectory } from "@redshift-fleet/toolchain";
import { Problem } from "../terminal/terminal";
import { backendPath, isHeld, locksOf } from "./backend";
import { project, sandboxStack, startedBy } from "./names";
import { deployCommand, isForSandbox, type StackChoice, sandboxOf, useToolchain } from "./place";
import { settingsFault } from "./settings";

/** A stack, and whether its AWS is the sandbox. */
export interface Stack {
  name: string;
  inSandbox: boolean;
  /** The file of the authority that signs its warehouses' certificates, where that is the sandbox's and known. */
  caPath?: string;
}

/**
 * Turns this process towards the place where a stack lives: in its sandbox to the variables of that, elsewhere to what
 * the shell has and a Pulumi CLI. Everything started or called from here on inherits it.
 *
 * @throws Problem where the sandbox does not run, or it is not clear which place is meant
 */
export async function enterStack(choice: StackChoice): Promise<Stack> {
  const name = choice.stack;
  if (isForSandbox(choice)) {
    // Loaded here: on AWS there is no sandbox, and its package need not be there.
    const { status } = await import("@redshift-fleet/sandbox");
    const running = await status({ dir: sandboxOf(name) });
    const whose = name === sandboxStack ? "" : ` of stack ${name}`;
    if (!running?.ready) throw new Problem(`The sandbox${whose} is not running: \`${startedBy(name)}\` starts it.`);
    Object.assign(process.env, environment(running.dir, running.ports, running.region));
    return { name, inSandbox: true, caPath: running.caPath };
  }
  useToolchain();
  return { name, inSandbox: isLoopback(process.env.AWS_ENDPOINT_URL) };
}

function isLoopback(endpoint: string | undefined): boolean {
  return endpoint !== undefined && /^http:\/\/(127\.|localhost)/.test(endpoint);
}

/** What the stack exports. Read straight from the state where that is a file, which takes no time. */
export async function readOutputs(stack: Stack): Promise<StackOutputs> {
  // Loaded here: commands that read no outputs should not wait for the schema library.
  const { parseOutputs } = await import("./outputs");
  const raw = outputsInFile(stack.name) ?? (await outputsFromEngine(stack.name));
  return parseOutputs(stack.name, raw, destroyedAt(stack.name));
}

/** What the engine notes of an update: `UpdateInfo` in sdk/go/common/apitype/history.go of pulumi/pulumi, in seconds. */
interface Update {
  kind: string;
  result: string;
  endTime: number;
}

/** When a stack in a file backend was destroyed; undefined where its last update was another, or nothing tells. */
export function destroyedAt(stack: string): Date | undefined {
  const folder = backendPath(["history", project, stack]);
  if (folder === undefined || !fs.existsSync(folder)) return undefined;
  // Their names end in the time.
  const last = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".history.json"))
    .sort()
    .at(-1);
  if (last === undefined) return undefined;
  const update: Update = JSON.parse(fs.readFileSync(path.join(folder, last), "utf8"));
  return update.kind === "destroy" && update.result === "succeeded" ? new Date(update.endTime * 1_000) : undefined;
}

interface Checkpoint {
  checkpoint?: {
    latest?: { resources?: { type: string; outputs?: Record<string, unknown> }[]; pending_operations?: unknown[] };
  };
}

/** Where the state of a stack lies, or would lie; undefined when the backend keeps no files. */
export const stateFile = (stack: string) => backendPath(["stacks", project, `${stack}.json`]);

/** Whether the last update of a stack in a file backend was killed: it left its lock, or work whose end nobody noted. */
export function wasInterrupted(stack: string): boolean {
  const file = stateFile(stack);
  if (!file || !fs.existsSync(file)) return false;
  const locks = locksOf(stack) ?? [];
  if (locks.length > 0) return !locks.some(isHeld);
  const state: Checkpoint = JSON.parse(fs.readFileSync(file, "utf8"));
  return (state.checkpoint?.latest?.pending_operations ?? []).length > 0;
}

/** Whether an engine is at work on a stack in a file backend. */
export function updateRuns(stack: string): boolean {
  return locksOf(stack)?.some(isHeld) ?? false;
}

/** Whether the sandbox knows the stack. */
export function stackExists(stack: string): boolean {
  const file = stateFile(stack);
  return file !== undefined && fs.existsSync(file);
}

/**
 * Makes an empty stack and selects it, as `pulumi` commands without `--stack` expect.
 *
 * @param variables of the environment, besides this process's
 * @param directory of the project; the stack's settings are written there
 * @throws Problem where the settings that are there cannot be read
 */
export async function createStack(
  stack: string,
  variables: Record<string, string> = {},
  directory = repositoryDirectory(),
): Promise<void> {
  const unreadable = settingsFault(stack, directory);
  if (unreadable) throw new Problem(unreadable);
  await promisify(execFile)("pulumi", ["stack", "select", "--create", "--stack", stack, "--non-interactive"], {
    cwd: directory,
    env: { ...process.env, ...variables },
  });
}

function outputsInFile(stack: string): Record<string, unknown> | undefined {
  const file = stateFile(stack);
  if (!file) return undefined;
  if (!fs.existsSync(file)) throw new Problem(`There is no stack ${stack} yet: \`${deployCommand(stack)}\` makes it.`);
  const state: Checkpoint = JSON.parse(fs.readFileSync(file, "utf8"));
  const root = state.checkpoint?.latest?.resources?.find((resource) => resource.type === "pulumi:pulumi:Stack");
  return root?.outputs ?? {};
}

async function outputsFromEngine(stack: string): Promise<unknown> {
  const args = ["stack", "output", "--json", "--stack", stack];
  try {
    const { stdout } = await promisify(execFile)("pulumi", args, { cwd: repositoryDirectory() });
    return JSON.parse(stdout);
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === "ENOENT") throw new Problem("There is no Pulumi CLI: `npm run setup` makes one, once a machine.");
    throw new Problem(
      `Cannot read the outputs of stack ${stack}: ${(stderr || message).trim()}${remedyFor(stack, stderr)}`,
    );
  }
}

/** What helps where nobody has said where stacks are kept. */
function remedyFor(stack: string, said = ""): string {
  if (!said.includes("PULUMI_ACCESS_TOKEN")) return "";
  const login = `\`eval "$(npx fleet env)"\` and \`pulumi login s3://…\` say where your stacks are kept`;
  return `\n${login}; \`${startedBy(stack)}\` starts the stack on this machine.`;
}
