import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { Problem } from "../terminal/terminal";

const longestOutput = 1 << 28;

/**
 * Runs a command of the CLI, on a stack where it is about one.
 * @returns what it printed
 * @throws Problem with its own words
 */
export async function pulumi(args: string[], stack?: string): Promise<string> {
  const about = stack === undefined ? [] : ["--stack", stack];
  const all = [...args, ...about, "--non-interactive", "--color", "never"];
  try {
    const options = { cwd: repositoryDirectory(), maxBuffer: longestOutput };
    return (await promisify(execFile)("pulumi", all, options)).stdout;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    throw new Problem(
      `\`pulumi ${args[0]}\`${stack === undefined ? "" : ` of stack ${stack}`} stopped.\n\n${`${stdout}${stderr}`.trim() || message}`,
    );
  }
}
