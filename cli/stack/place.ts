import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { launcherDirectories, locateEngine, sandboxDirectory } from "@redshift-fleet/toolchain";
import { Problem } from "../terminal/terminal";
import { backendOfShell } from "./backend";
import { sandboxStack, startedBy } from "./names";

/** Which stack is meant, and where: in the sandbox, where the shell points, or where it was started if that is clear. */
export interface StackChoice {
  stack: string;
  sandbox?: boolean;
}

/** The folder of a stack's sandbox: each has one of its own, as it would have an account and a Region of its own. */
export function sandboxOf(stack: string): string {
  const directory = sandboxDirectory();
  return stack === sandboxStack ? directory : `${directory}-${stack}`;
}

/** Other stacks than the example that have a sandbox beside its. */
export function stacksWithSandboxes(): string[] {
  const directory = sandboxDirectory();
  const [folder, prefix] = [path.dirname(directory), `${path.basename(directory)}-`];
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

/**
 * Whether the sandbox's stack of that name is meant. Never a guess: a stack that may be in two places is asked for.
 *
 * @throws Problem where both places are possible
 */
export function isForSandbox({ stack, sandbox }: StackChoice): boolean {
  if (sandbox !== undefined) return sandbox;
  if (stack === sandboxStack) return true;
  if (!fs.existsSync(sandboxOf(stack))) return false;
  if (pointsAtSandboxOf(stack)) return true;
  const elsewhere = backendOfShell();
  if (elsewhere === undefined) return true;
  throw new Problem(
    `Stack ${stack} was started in the sandbox, and Pulumi here keeps stacks in ${elsewhere} as well: say which is meant, --sandbox or --no-sandbox.`,
    2,
  );
}

/** Whether this process's Pulumi looks into a stack's own sandbox. */
export function pointsAtSandboxOf(stack: string): boolean {
  const state = pathToFileURL(path.join(sandboxOf(stack), "state")).href;
  return (process.env.PULUMI_BACKEND_URL ?? "").split("?")[0] === state;
}

/** What brings a stack to what its configuration says. */
export function deployCommand(stack: string): string {
  return stack === sandboxStack || pointsAtSandboxOf(stack)
    ? startedBy(stack)
    : `pulumi up --stack ${stack} --policy-pack policies`;
}

/** Puts the Pulumi CLI of the set-up on this process's PATH, where no other is there. */
export function useToolchain(): void {
  if (locateEngine()) process.env.PATH = withToolchain();
}

/** @throws Error where there is no Pulumi CLI, saying what makes one */
export function withToolchain(): string {
  const before = (process.env.PATH ?? "").split(path.delimiter);
  const directories = launcherDirectories({ attached: false });
  return [...directories, ...before.filter((entry) => !directories.includes(entry))].join(path.delimiter);
}
