import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Folder of this package, wherever its compiled code lies below it. */
export function packageDirectory(): string {
  for (let at = __dirname; at !== path.dirname(at); at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, "pulumi-cli", "go.mod"))) return at;
  }
  throw new Error(`the package toolchain is incomplete: pulumi-cli/go.mod is not above ${__dirname}`);
}

/** The repository that holds this package; where it is installed, the folder of the project that one is in. */
export function repositoryDirectory(): string {
  const folder = packageDirectory();
  return folder.split(path.sep).includes("node_modules") ? process.cwd() : path.dirname(folder);
}

/** Where a sandbox keeps everything it knows: `REDSHIFT_FLEET_SANDBOX_DIR`, or `.sandbox` in the repository. */
export function sandboxDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(environment.REDSHIFT_FLEET_SANDBOX_DIR || path.join(repositoryDirectory(), ".sandbox"));
}

/** Engines built on this machine, shared by every checkout; one folder a release. */
export function engineCache(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
  return path.join(base, "redshift-fleet", "pulumi");
}

/** Executables that this checkout puts first on PATH. Derived from the code beside it, hence in `dist`. */
export const binDirectory = () => path.join(packageDirectory(), "dist", "bin");

/** The compiled language host. */
export const languageHostScript = () => path.join(packageDirectory(), "dist", "language-host", "main.js");

/** Modules to load before Pulumi's SDK: in the repository that which shortens its start; see quick-load/README.md. */
export const loadedFirst = (): string[] =>
  [path.join(packageDirectory(), "quick-load", "index.cjs")].filter((file) => fs.existsSync(file));

/** Marks a folder of launchers, of this checkout or another. */
export const launcherState = "launchers.json";

/** First executable of that name on PATH, folders of our own launchers left out. */
export function findOnPath(name: string, searchPath = process.env.PATH ?? ""): string | undefined {
  for (const directory of searchPath.split(path.delimiter)) {
    if (directory === "" || fs.existsSync(path.join(directory, launcherState))) continue;
    const candidate = path.join(directory, name);
    if (isExecutable(candidate)) return candidate;
  }
  return undefined;
}

export function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Puts a file in place in one step, so that a process that reads it meanwhile never sees half of it. */
export function replaceFile(file: string, write: (temporary: string) => void): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    fs.rmSync(temporary, { force: true });
    write(temporary);
    fs.renameSync(temporary, file);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}
