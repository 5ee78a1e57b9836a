import fs from "node:fs";
import path from "node:path";
import type { Engine } from "./engine";
import {
  binDirectory,
  findOnPath,
  isExecutable,
  languageHostScript,
  launcherState,
  loadedFirst,
  replaceFile,
} from "./locations";

/** Which language host serves programs in TypeScript. */
export type LanguageHost = "official" | "own";

export interface Launchers {
  /** Folders to put first on PATH, in this order. */
  directories: string[];
  /** The same where the engine runs AWS's own providers: without those that stand in for them. */
  unattached: string[];
  languageHost: LanguageHost;
}

/** Providers that the sandbox serves itself; the engine attaches to them. */
const attachedProviders = ["aws", "command"];

/**
 * Writes the executables that the engine looks for on PATH and this machine does not have. Where an official language
 * host is installed ours steps aside.
 */
export function writeLaunchers(engine: Engine, bin = binDirectory()): Launchers {
  const official = findOfficial(engine, "pulumi-language-nodejs");
  const languageHost: LanguageHost = official ? "official" : "own";
  const scripts: Record<string, string> = {
    ...(official ? {} : { "pulumi-language-nodejs": nodeScript(`script='${languageHostScript()}'`) }),
    ...(findOfficial(engine, "pulumi-resource-pulumi-nodejs")
      ? {}
      : {
          "pulumi-resource-pulumi-nodejs": nodeScript(
            findDynamicProvider,
            [endWithEngine(), ...loadedFirst()].filter(fs.existsSync),
          ),
        }),
    // The official host asks for the plugins of every SDK in node_modules, running or not: these keep it from
    // downloading hundreds of megabytes that nobody would start.
    ...(official ? Object.fromEntries(attachedProviders.map((name) => [`pulumi-resource-${name}`, neverStarted])) : {}),
  };
  const wanted = JSON.stringify({ engine, stat: stamp(engine.executable), scripts });
  const state = path.join(bin, launcherState);
  if (!fs.existsSync(state) || fs.readFileSync(state, "utf8") !== wanted) {
    for (const entry of fs.existsSync(bin) ? fs.readdirSync(bin) : []) {
      if (entry.startsWith("pulumi-")) fs.rmSync(path.join(bin, entry));
    }
    for (const [name, text] of Object.entries(scripts)) {
      replaceFile(path.join(bin, name), (file) => fs.writeFileSync(file, text, { mode: 0o755 }));
    }
    if (engine.origin !== "PATH") linkEngine(engine.executable, path.join(bin, "pulumi"));
    else fs.rmSync(path.join(bin, "pulumi"), { force: true });
    replaceFile(state, (file) => fs.writeFileSync(file, wanted));
  }
  const ofEngine = path.dirname(engine.executable);
  const beside = engine.origin === "PATH" ? [] : [ofEngine];
  return official
    ? { directories: [...beside, bin], unattached: beside, languageHost }
    : { directories: [bin], unattached: [bin], languageHost };
}

function findOfficial(engine: Engine, name: string): string | undefined {
  const beside = path.join(path.dirname(fs.realpathSync(engine.executable)), name);
  return isExecutable(beside) ? beside : findOnPath(name);
}

function stamp(file: string): [number, number] {
  const { mtimeMs, size } = fs.statSync(file);
  return [mtimeMs, size];
}

/**
 * The engine warns about helpers on PATH unless they lie beside its own executable, so that it must lie beside ours:
 * as a second name of the same file where the file system allows, as a copy elsewhere.
 */
function linkEngine(from: string, to: string): void {
  replaceFile(to, (file) => {
    try {
      fs.linkSync(from, file);
    } catch {
      fs.copyFileSync(from, file, fs.constants.COPYFILE_FICLONE);
      fs.chmodSync(file, 0o755);
    }
  });
}

/** The official host looks after its own providers; ours is a plain node process. */
const endWithEngine = () => path.join(path.dirname(languageHostScript()), "..", "end-with-engine.js");

/**
 * A shell script that sets `script` and runs it with the node of the set-up, or any node should that one be gone.
 *
 * @param required modules to load first
 */
function nodeScript(setScript: string, required: string[] = []): string {
  const given = required.map((module) => `--require '${module}' `).join("");
  return `#!/bin/sh
export PULUMI_ENGINE_PID=$PPID
${setScript}
node='${process.execPath}'
[ -x "$node" ] || node=node
exec "$node" ${given}"$script" "$@"
`;
}

/** Dynamic providers run with the SDK of the program in whose folder the engine starts them. */
const findDynamicProvider = `folder=$PWD
script=
while [ -z "$script" ]; do
  candidate=$folder/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js
  if [ -f "$candidate" ]; then script=$candidate; break; fi
  if [ "$folder" = / ]; then echo "@pulumi/pulumi is not installed in $PWD or above it" >&2; exit 1; fi
  folder=$(dirname "$folder")
done`;

const neverStarted = `#!/bin/sh
echo "This provider runs inside the sandbox: start it with 'npx fleet sandbox start' and load 'npx fleet sandbox env'." >&2
exit 1
`;
