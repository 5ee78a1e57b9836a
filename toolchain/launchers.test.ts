import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "./alive";
import type { Engine } from "./engine";
import { writeLaunchers } from "./launchers";
import { findOnPath, launcherState } from "./locations";

let machine: string;
let bin: string;
const searchPath = process.env.PATH;

/** An executable that says its own path. */
function program(name: string): string {
  const file = path.join(machine, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '#!/bin/sh\necho "$0 $*"\n', { mode: 0o755 });
  return file;
}

beforeEach(() => {
  machine = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "launchers-")));
  bin = path.join(machine, "bin");
  process.env.PATH = path.join(machine, "path");
});
afterEach(() => {
  process.env.PATH = searchPath;
  fs.rmSync(machine, { recursive: true });
});

const cached = (executable: string): Engine => ({ executable, version: "3.232.0", origin: "cache" });

test("without an official host, ours lies beside the engine's own executable", () => {
  const { directories, languageHost } = writeLaunchers(cached(program("cache/pulumi")), bin);
  expect(languageHost).toBe("own");
  expect(directories).toEqual([bin]);
  expect(fs.readdirSync(bin).sort()).toEqual(
    ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs", launcherState].sort(),
  );
  expect(execFileSync(path.join(bin, "pulumi"), ["version"], { encoding: "utf8" })).toBe(`${bin}/pulumi version\n`);
});

test("an official host beside the engine, or on PATH, makes ours step aside", () => {
  const engine = cached(program("cache/pulumi"));
  writeLaunchers(engine, bin);
  program("path/pulumi-language-nodejs");
  expect(writeLaunchers(engine, bin).languageHost).toBe("official");
  expect(fs.existsSync(path.join(bin, "pulumi-language-nodejs"))).toBe(false);
  // The official host asks for plugins of attached providers, which must not be downloaded.
  expect(fs.existsSync(path.join(bin, "pulumi-resource-aws"))).toBe(true);
  // Where the engine runs AWS's own provider, what stands in for it must not be found.
  const { directories, unattached } = writeLaunchers(engine, bin);
  expect(directories).toEqual([path.join(machine, "cache"), bin]);
  expect(unattached).toEqual([path.join(machine, "cache")]);
  expect(writeLaunchers({ ...engine, origin: "PATH" }, bin).unattached).toEqual([]);
});

test("launchers of another checkout are not taken for something official", () => {
  writeLaunchers(cached(program("cache/pulumi")), bin);
  expect(findOnPath("pulumi-language-nodejs", bin)).toBeUndefined();
  expect(findOnPath("sh", `${bin}:/bin`)).toBe("/bin/sh");
});

/** Makes this code the SDK's dynamic provider for programs in a folder; @returns the folder. */
function programWith(provider: string): string {
  writeLaunchers(cached(program("cache/pulumi")), bin);
  const script = path.join(machine, "node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js");
  fs.mkdirSync(path.dirname(script), { recursive: true });
  fs.writeFileSync(script, provider);
  const cwd = path.join(machine, "deep", "er");
  fs.mkdirSync(cwd, { recursive: true });
  return cwd;
}

const dynamicProvider = () => path.join(bin, "pulumi-resource-pulumi-nodejs");
const env = { PATH: searchPath };

test("the dynamic provider is looked for from the program's folder upwards", () => {
  const cwd = programWith("console.log(process.argv.slice(2).join())");
  const run = (folder: string) =>
    execFileSync(dynamicProvider(), ["127.0.0.1:1"], { cwd: folder, encoding: "utf8", stdio: "pipe", env });
  expect(run(cwd)).toBe("127.0.0.1:1\n");
  expect(() => run("/")).toThrow("@pulumi/pulumi is not installed in / or above it");
});

test("the dynamic provider ends when its engine is killed, and not before", async () => {
  const cwd = programWith("console.log(process.pid); setInterval(() => undefined, 1000);");
  const script = `require("node:child_process").spawn(process.argv[1], ["127.0.0.1:1"], { stdio: "inherit" });
    setInterval(() => undefined, 1000);`;
  const engine = spawn(process.execPath, ["-e", script, dynamicProvider()], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = (await once(engine.stdout, "data")) as [Buffer];
  const provider = Number(String(printed));
  try {
    await pause(1_500);
    expect(isAlive(provider)).toBe(true);
    engine.kill("SIGKILL");
    for (let waited = 0; isAlive(provider) && waited < 10_000; waited += 100) await pause(100);
    expect(isAlive(provider)).toBe(false);
  } finally {
    engine.kill("SIGKILL");
    if (isAlive(provider)) process.kill(provider, "SIGKILL");
  }
});
