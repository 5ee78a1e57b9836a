import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import lockfile from "proper-lockfile";
import type { Progress } from "./engine";
import { findOnPath, isExecutable, packageDirectory, replaceFile } from "./locations";
import { compareVersions, engineVersion } from "./version";

/** What the engine's own go.mod asks for. */
const oldestGo = "1.25.0";
/** How much of the end of a failed build is shown. */
const tailLines = 15;

/** The Go on PATH, or what is wrong with it. */
export function goToolchain(): { executable?: string; problem?: string } {
  const executable = findOnPath("go");
  if (!executable) return { problem: "`go` is not on PATH" };
  try {
    const version = execFileSync(executable, ["env", "GOVERSION"], { encoding: "utf8", cwd: "/" }).trim();
    const switches =
      execFileSync(executable, ["env", "GOTOOLCHAIN"], { encoding: "utf8", cwd: "/" }).trim() !== "local";
    const recent = compareVersions(version.replace(/^go/, ""), oldestGo) >= 0;
    return recent || switches ? { executable } : { problem: `${version} is too old, ${oldestGo} or newer is needed` };
  } catch (error) {
    return { problem: `\`go env\` failed: ${(error as Error).message}` };
  }
}

/** Builds the engine from Go modules into `target`. Two set-ups at once build it once: the second waits for the first. */
export async function buildEngine(go: string, target: string, progress: Progress): Promise<void> {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const release = await lockfile.lock(path.dirname(target), {
    // The lock is touched while its owner lives; a build that was killed gives way after `stale` milliseconds.
    stale: 30_000,
    update: 5_000,
    retries: { retries: 1_200, minTimeout: 500, maxTimeout: 500 },
  });
  try {
    if (isExecutable(target)) return;
    progress(`building the Pulumi CLI ${engineVersion} from Go modules: once on this machine, some minutes`);
    const startedAt = Date.now();
    await compile(go, target, progress);
    progress(`built the Pulumi CLI in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  } finally {
    await release();
  }
}

async function compile(go: string, target: string, progress: Progress): Promise<void> {
  const temporary = `${target}.building`;
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  const build = spawn(
    go,
    [
      "build",
      "-v",
      "-mod=readonly",
      "-trimpath",
      "-ldflags",
      flags,
      "-o",
      temporary,
      "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ],
    {
      cwd: path.join(packageDirectory(), "pulumi-cli"),
      // Settings made for other projects must not change this build; pure Go needs no C compiler.
      env: { ...process.env, GOFLAGS: "", GOWORK: "off", CGO_ENABLED: "0" },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const tail: string[] = [];
  let downloaded = 0;
  let compiled = 0;
  createInterface({ input: build.stderr }).on("line", (line) => {
    tail.push(line);
    if (tail.length > tailLines) tail.shift();
    if (line.startsWith("go: downloading")) progress(`  ${++downloaded} modules downloaded`);
    else if (!line.includes(" ")) progress(`  ${++compiled} packages compiled`);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once("error", reject);
    build.once("close", resolve);
  });
  if (code !== 0) throw new Error(`go build ended with code ${code}:\n    ${tail.join("\n    ")}`);
  replaceFile(target, (file) => fs.renameSync(temporary, file));
}
