import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { locateEngine } from "./engine";
import { writeLaunchers } from "./launchers";

/** Encrypts nothing that matters: the sandbox's state holds no secret, and Pulumi insists on a passphrase. */
export const sandboxPassphrase = "sandbox";

/** Loopback ports of a running sandbox. */
export interface SandboxPorts {
  /** The endpoint of the AWS APIs. */
  api: number;
  /** The Pulumi providers `aws` and `command`. */
  aws: number;
  command: number;
}

/**
 * Variables that point the Pulumi CLI, the AWS CLI and the AWS SDKs at a sandbox.
 *
 * @param directory the sandbox's data directory
 * @throws when there is no Pulumi CLI yet: set-up has not run
 */
export function environment(directory: string, ports: SandboxPorts, region = "us-east-1"): Record<string, string> {
  return {
    ...engineEnvironment(directory),
    PULUMI_DEBUG_PROVIDERS: `aws:${ports.aws},command:${ports.command}`,
    ...awsEnvironment(ports.api, region),
  };
}

/**
 * Folders to put first on PATH, so that there is a Pulumi CLI with everything it needs.
 *
 * @param attached whether the providers are the sandbox's; false where the engine starts AWS's own
 * @throws when there is none yet: set-up has not run
 */
export function launcherDirectories({ attached = true } = {}): string[] {
  const engine = locateEngine();
  if (!engine) throw new Error("There is no Pulumi CLI yet: `npm run setup` makes one, once a machine.");
  const { directories, unattached } = writeLaunchers(engine);
  return attached ? directories : unattached;
}

/** The part of it that says where the engine is and keeps its state; good also while the sandbox does not run. */
export function engineEnvironment(directory: string): Record<string, string> {
  const directories = launcherDirectories();
  const state = path.join(directory, "state");
  fs.mkdirSync(state, { recursive: true });
  const before = (process.env.PATH ?? "").split(path.delimiter);
  return {
    PATH: [...directories, ...before.filter((entry) => !directories.includes(entry))].join(path.delimiter),
    // Its own home: which stack is selected here says nothing about the stacks that someone has on AWS.
    PULUMI_HOME: path.join(directory, "pulumi"),
    // Without files of metadata beside those of the state: they are not written in one step, and a killed engine that
    // leaves half of one leaves a state that no command can read.
    PULUMI_BACKEND_URL: `${pathToFileURL(state).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: sandboxPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Patches of the SDK that shorten previews: here only, and not where somebody says `off`. See quick-load/README.md.
    REDSHIFT_FLEET_QUICK_LOAD: process.env.REDSHIFT_FLEET_QUICK_LOAD || "on",
    // The engine writes its whole state at every step; a heap with room, in per cent, saves a fifth of that work.
    GOGC: process.env.GOGC ?? "400",
    // What state names as plugins the engine would download, hundreds of megabytes, though it attaches to ours.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** The part of it that AWS's own tools and SDKs read. */
export function awsEnvironment(apiPort: number, region: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${apiPort}`,
    AWS_ACCESS_KEY_ID: "sandbox",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // The SDK's releases are pinned here, so that what later ones will need of Node is no news to anybody.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    // A proxy for the internet has no business with loopback addresses.
    NO_PROXY: withLoopback(process.env.NO_PROXY),
    no_proxy: withLoopback(process.env.no_proxy ?? process.env.NO_PROXY),
  };
}

function withLoopback(list: string | undefined): string {
  const hosts = (list ?? "").split(",").filter((host) => host !== "");
  return [...new Set([...hosts, "127.0.0.1", "localhost", "127.0.0.0/8"])].join(",");
}

/** The same as text for a POSIX shell's `eval`. */
export function asExports(variables: Record<string, string>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`)
    .join("\n");
}
