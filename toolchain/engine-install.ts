import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Progress } from "./engine";
import { engineVersion } from "./version";

/** How long the official installer may take, in milliseconds. */
const deadlineMs = 5 * 60_000;

/** Runs Pulumi's own installer (needs its web site) into `root`; the CLI lies in `root/bin` then. */
export async function installEngine(root: string, progress: Progress): Promise<void> {
  progress(`installing the Pulumi CLI ${engineVersion} from pulumi.com`);
  // In a process of its own: the Automation API takes half a second to load, which only this rare path should pay.
  const script = `
    const { PulumiCommand } = require("@pulumi/pulumi/automation");
    const { SemVer } = require("node:module").createRequire(require.resolve("@pulumi/pulumi"))("semver");
    PulumiCommand.install({ root: ${JSON.stringify(root)}, version: new SemVer(${JSON.stringify(engineVersion)}) })
      .catch((error) => { console.error(error.message); process.exit(1); });`;
  try {
    await promisify(execFile)(process.execPath, ["-e", script], { cwd: __dirname, timeout: deadlineMs });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error((stderr || message).trim().split("\n").slice(0, 3).join(" "));
  }
}
