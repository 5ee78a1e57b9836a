import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { environment, start, status, stop } from "@redshift-fleet/sandbox";
import { parse, stringify } from "yaml";
import { writingStateOnce } from "../../../cli/stack/engine";
import {
  type Finished,
  type Killable,
  processesOf,
  type RunOptions,
  run,
  startedWith,
  startKillable,
  succeed,
} from "./processes";
import { readState, type StateResource } from "./state";

export const repository = path.resolve(__dirname, "../../..");
const stacks = path.join(repository, "stacks");
const command = path.join(repository, "cli", "bin", "fleet.cjs");

/** How long the longest commands may take, in milliseconds: a deployment on a busy machine. */
export const deployMs = 240_000;

/** As engines do unless told otherwise: what is to be killed must be ready for it. */
export const writtenAtEachStep = { PULUMI_SKIP_CHECKPOINTS: "false" };

/**
 * A fleet on this machine for one test file: its own sandbox in its own folder, driven by the real command, the real
 * engine, program and policy pack. `close` leaves nothing behind, whatever happened before.
 */
export class Fleet {
  readonly directory: string;
  private variables: NodeJS.ProcessEnv;

  /** @param directory an existing folder to use in place of a new one */
  constructor(directory?: string) {
    this.directory = directory ?? fs.mkdtempSync(path.join(os.tmpdir(), "fleet-"));
    // What is not to be killed need not be ready for it, and is a third quicker.
    this.variables = { ...process.env, ...writingStateOnce, REDSHIFT_FLEET_SANDBOX_DIR: this.sandbox, NO_COLOR: "1" };
  }

  get sandbox(): string {
    return path.join(this.directory, "sandbox");
  }

  /** The environment of a shell after `eval "$(fleet sandbox env)"`. */
  get environment(): NodeJS.ProcessEnv {
    return this.variables;
  }

  /** Runs `fleet …`; any exit code. */
  fleet(args: string[], options: RunOptions = {}): Promise<Finished> {
    return run(process.execPath, [command, ...args], { cwd: repository, env: this.variables, ...options });
  }

  /** Runs `fleet …`, which must succeed. */
  async mustFleet(args: string[], options: RunOptions = {}): Promise<Finished> {
    return succeed(process.execPath, [command, ...args], { cwd: repository, env: this.variables, ...options });
  }

  /** Starts an empty sandbox, or the one that was stopped, and takes on its variables. Without a process for the command. */
  async startSandbox(): Promise<void> {
    await start({ dir: this.sandbox, profile: "instant" });
    await this.enter();
  }

  /** Stops the sandbox and starts it again, with further variables of its own. */
  async restartSandbox(variables: Record<string, string>): Promise<void> {
    await stop({ dir: this.sandbox });
    this.variables = { ...this.variables, ...variables };
    await this.mustFleet(["sandbox", "start"]);
    await this.enter();
  }

  /** Deploys as `npm start` does; what it printed is the result. */
  async start(): Promise<Finished> {
    const finished = await this.mustFleet(["start"], { timeoutMs: deployMs });
    await this.enter();
    return finished;
  }

  /** The same as a process that can be killed. */
  startKillable(): Killable {
    return startKillable(process.execPath, [command, "start"], { cwd: repository, env: this.variables });
  }

  /** Takes on the variables of the sandbox that runs in this folder, as after `eval "$(fleet sandbox env)"`. */
  async enter(): Promise<void> {
    const running = await status({ dir: this.sandbox });
    if (!running) throw new Error(`no sandbox runs in ${this.sandbox}`);
    this.variables = { ...this.variables, ...environment(this.sandbox, running.ports, running.region) };
  }

  /** Runs a plain `pulumi …` as a user's shell would; any exit code. */
  pulumi(args: string[], options: RunOptions = {}): Promise<Finished> {
    const all = [...args, "--non-interactive", "--color", "never"];
    return run("pulumi", all, { cwd: repository, env: this.variables, timeoutMs: deployMs, ...options });
  }

  /** The same, and it must succeed. */
  mustPulumi(args: string[], options: RunOptions = {}): Promise<Finished> {
    const all = [...args, "--non-interactive", "--color", "never"];
    return succeed("pulumi", all, { cwd: repository, env: this.variables, timeoutMs: deployMs, ...options });
  }

  /** Every resource of a stack: the fleet's own, or another project's. */
  state(project = "redshift-fleet", stack = "local"): StateResource[] {
    return readState(this.sandbox, project, stack);
  }

  /** What `fleet outputs --json` prints. */
  outputs(): StackOutputs {
    return this.state().find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs as StackOutputs;
  }

  /** A copy of stack local's configuration with keys of the project changed; the path goes to `--config-file`. */
  configuration(change: (config: StackConfig) => void): string {
    return writeConfiguration(this.directory, change);
  }

  /** Destroys nothing, stops everything: the sandbox with its warehouses, by force where it does not listen. */
  async close(): Promise<void> {
    await stop({ dir: this.sandbox, purge: true }).catch(() => undefined);
    for (const pid of [...processesOf(this.directory).map((each) => each.pid), ...startedWith(this.directory)]) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself meanwhile.
      }
    }
    fs.rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The project's part of a stack's configuration file, as parsed YAML. */
export type StackConfig = Record<string, Record<string, unknown>>;

let written = 0;

function writeConfiguration(directory: string, change: (config: StackConfig) => void): string {
  const file = parse(fs.readFileSync(path.join(stacks, "Pulumi.local.yaml"), "utf8")) as { config: StackConfig };
  const prefix = "redshift-fleet:";
  const ours = Object.fromEntries(
    Object.entries(file.config).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
  change(ours);
  for (const key of Object.keys(file.config)) if (key.startsWith(prefix)) delete file.config[key];
  for (const [key, value] of Object.entries(ours)) file.config[prefix + key] = value;
  const target = path.join(directory, `Pulumi.changed-${++written}.yaml`);
  fs.writeFileSync(target, stringify(file));
  return target;
}
