import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { buildEngine, goToolchain } from "./engine-build";
import { installEngine } from "./engine-install";
import { binDirectory, engineCache, findOnPath, isExecutable, replaceFile } from "./locations";
import { compareVersions, engineVersion, oldestEngine } from "./version";

/** Pulumi's command line, and where it came from. */
export interface Engine {
  executable: string;
  version: string;
  origin: "PATH" | "cache" | "built" | "installed";
}

/** Receives one line at a time about work that takes a while. */
export type Progress = (line: string) => void;

/** The engine that is there already, or undefined. */
export function locateEngine(): Engine | undefined {
  const onPath = findOnPath("pulumi");
  if (onPath) {
    const version = versionOf(onPath);
    if (version && compareVersions(version, oldestEngine) >= 0) return { executable: onPath, version, origin: "PATH" };
  }
  const cached = cachedEngine();
  return isExecutable(cached) ? { executable: cached, version: engineVersion, origin: "cache" } : undefined;
}

/** The engine that is there, or one built from Go modules, or one from Pulumi's own installer. */
export async function ensureEngine(progress: Progress): Promise<Engine> {
  const found = locateEngine();
  if (found) return found;
  const refusals: string[] = [];
  const go = goToolchain();
  if (go.executable) {
    try {
      await buildEngine(go.executable, cachedEngine(), progress);
      return { executable: cachedEngine(), version: engineVersion, origin: "built" };
    } catch (error) {
      refusals.push(`building it with go: ${(error as Error).message}`);
    }
  } else refusals.push(`building it with go: ${go.problem}`);
  try {
    await installEngine(path.dirname(path.dirname(cachedEngine())), progress);
    return { executable: cachedEngine(), version: engineVersion, origin: "installed" };
  } catch (error) {
    refusals.push(`Pulumi's installer: ${(error as Error).message}`);
  }
  throw new Error(noEngine(refusals));
}

function noEngine(refusals: string[]): string {
  return [
    `There is no Pulumi CLI ${oldestEngine} or newer, and none could be had:`,
    ...refusals.map((refusal) => `  - ${refusal}`),
    "Any one of these helps:",
    "  - install it yourself and have `pulumi` on PATH: https://www.pulumi.com/docs/iac/download-install/",
    "  - install Go 1.25 or newer (https://go.dev/dl/); the CLI is then built from Go modules, once",
    `  - put a ${engineVersion} executable at ${cachedEngine()}`,
  ].join("\n");
}

function cachedEngine(): string {
  return path.join(engineCache(), `v${engineVersion}`, "bin", "pulumi");
}

/** Asks an executable for its version; remembered until the file changes, since asking costs a tenth of a second. */
function versionOf(executable: string): string | undefined {
  const memory = path.join(binDirectory(), "engine-version.json");
  const { mtimeMs, size } = fs.statSync(executable);
  const key = JSON.stringify([executable, mtimeMs, size]);
  const remembered = readMemory(memory);
  if (remembered?.key === key) return remembered.version;
  try {
    const version = execFileSync(executable, ["version"], { encoding: "utf8", env: quietEnvironment() }).trim();
    replaceFile(memory, (file) => fs.writeFileSync(file, JSON.stringify({ key, version })));
    return version;
  } catch {
    return undefined;
  }
}

function readMemory(file: string): { key: string; version: string } | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function quietEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
}
