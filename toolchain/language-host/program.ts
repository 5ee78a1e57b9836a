import { createRequire } from "node:module";
import path from "node:path";
import { type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { loadedFirst } from "../locations";
import { type Exit, endChild, startChild } from "./children";
import { runtimeOptions, typescriptEnvironment } from "./options";

/** The exit code by which the SDK says "the user has already been told what is wrong". */
const alreadyReported = 32;

/** Finds a module of the SDK as the program itself would: every program brings its own @pulumi/pulumi. */
export function resolveSdk(module: string, programDirectory: string): string {
  try {
    return createRequire(path.join(programDirectory, "package.json")).resolve(module);
  } catch {
    throw new Error(
      `@pulumi/pulumi is not installed for the program in ${programDirectory}: run \`npm ci\` in the repository's root`,
    );
  }
}

/** Arguments for node by which a process of the SDK loads other modules before it. */
export const firstArguments = (): string[] => loadedFirst().flatMap((file) => ["--require", file]);

/** Runs a program to its end against the engine's resource monitor. */
export async function runProgram(
  request: RunRequest,
  engineAddress: string,
  cancelled: AbortSignal,
): Promise<RunResponse> {
  const info = request.getInfo();
  const options = runtimeOptions(info);
  const directory = info?.getProgramDirectory() || request.getPwd();
  const runner = resolveSdk("@pulumi/pulumi/cmd/run", directory);
  const child = startChild(
    process.execPath,
    [...firstArguments(), ...options.nodeArguments, runner, ...runnerArguments(request, directory, engineAddress)],
    {
      cwd: request.getPwd() || directory,
      env: { ...process.env, ...typescriptEnvironment(options), ...configuration(request) },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const stop = () => endChild(child.process);
  cancelled.addEventListener("abort", stop);
  child.process.stdout?.pipe(process.stdout, { end: false });
  child.process.stderr?.pipe(process.stderr, { end: false });
  try {
    return response(await child.ended);
  } finally {
    cancelled.removeEventListener("abort", stop);
  }
}

function runnerArguments(request: RunRequest, directory: string, engineAddress: string): string[] {
  const info = request.getInfo();
  const flags: Record<string, string | undefined> = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory(),
    stack: request.getStack(),
    pwd: directory,
    parallel: String(request.getParallel()),
  };
  const named = Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));
  const entryPoint = info?.getEntryPoint() || request.getProgram() || ".";
  return [...named, ...(request.getDryrun() ? ["--dry-run"] : []), entryPoint, ...request.getArgsList()];
}

/** The stack's configuration, keyed `<namespace>:config:<name>` as every release of the SDK understands it. */
function configuration(request: RunRequest): Record<string, string> {
  const values: Record<string, string> = {};
  request.getConfigMap().forEach((value, key) => {
    const [namespace, ...name] = key.split(":");
    values[`${namespace}:config:${name.join(":")}`] = value;
  });
  return {
    PULUMI_CONFIG: JSON.stringify(values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

function response(exit: Exit): RunResponse {
  const result = new RunResponse();
  if (exit.code === alreadyReported) result.setBail(true);
  else if (exit.signal) result.setError(`the program was ended by ${exit.signal}`);
  else if (exit.code !== 0) result.setError(`the program exited with code ${exit.code}`);
  return result;
}
