import { createReadStream, existsSync } from "node:fs";
import {
  asExports,
  environment,
  hangs,
  kill,
  logs,
  probe,
  revive,
  type SandboxState,
  type SandboxStatus,
  sandboxDirectory,
  start,
  status,
  stop,
} from "@redshift-fleet/sandbox";
import { Command, Option } from "commander";
import type { StackOutputs } from "../stack/outputs";
import { sandboxTarget } from "../stack/sandbox-target";
import { enterStack, readOutputs } from "../stack/stack";
import { Steps } from "../terminal/progress";
import { note, Problem, print, printJson, table } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

type Saying = (name: string) => string;

export interface JsonOption {
  json?: boolean;
}

/** How long the sandbox takes over what AWS needs minutes for. */
export const profileOption = () =>
  new Option("--profile <name>", "how slow the cloud is: at once, or as AWS with minutes scaled to seconds")
    .choices(["instant", "aws"])
    .default("instant");

export function sandboxCommand(): Command {
  const command = new Command("sandbox").description(
    `The AWS on this machine: APIs, warehouses and balancer in one background process, data in ${"`"}.sandbox/${"`"} or $REDSHIFT_FLEET_SANDBOX_DIR.`,
  );
  const add = (name: string, description: string) =>
    command.command(name).description(description).option("--json", "print the result as JSON");

  add("start", "starts it, empty or with what it had")
    .addOption(profileOption())
    .action(async (options: JsonOption & { profile: string }) => {
      const running = await startSandbox(options.profile, new Steps(options.json));
      if (options.json) printJson(running);
    });
  add("stop", "ends it; its data stays")
    .option("--purge", "its data goes too")
    .action(async (options: JsonOption & { purge?: boolean }) => {
      const dir = sandboxDirectory();
      await new Steps(options.json).run("stopping the sandbox", () => stop({ dir, purge: options.purge ?? false }));
      if (options.json) printJson({ dir, running: false, purged: options.purge ?? false });
    });
  add("status", "says whether it runs, and what is in it").action(async (options: JsonOption) => {
    const found = await probe({ dir: sandboxDirectory() });
    if (found.state === "ready") {
      if (options.json) printJson(found.status);
      else print(describe(found.status));
      return;
    }
    process.exitCode = 1;
    if (options.json) printJson({ dir: sandboxDirectory(), ready: false, ...found });
    else print(whatIsWrong(found));
  });
  add("env", 'prints variables that point pulumi, the AWS CLI and SDKs at it: eval "$(fleet sandbox env)"').action(
    async (options: JsonOption) => {
      const running = await mustRun();
      const variables = environment(running.dir, running.ports, running.region);
      if (options.json) printJson(variables);
      else print(asExports(variables));
    },
  );
  add("logs", "prints what it wrote").action(async () => {
    const file = logs({ dir: sandboxDirectory() });
    if (!existsSync(file)) throw new Problem(`There is no log yet at ${file}.`);
    createReadStream(file).pipe(process.stdout);
  });
  const target = "a consumer's name, producer, a workgroup's name, or zone:<availability zone>";
  const addFailing = (name: string, description: string, change: typeof kill, alive: boolean, say: Saying) =>
    withStack(command.command(name))
      .description(description)
      .argument("<target>", target)
      .action(async (wanted: string, options: StackOptions) => {
        const running = await mustRun();
        const found = sandboxTarget(wanted, await outputsIfAny(options.stack), running);
        await change({ dir: running.dir, target: found });
        if (options.json) printJson({ target: found, alive });
        else note(say(wanted));
      });
  const down: Saying = (name) => `${name} is down; \`fleet sandbox revive ${name}\` brings it back`;
  addFailing("kill", "makes a warehouse, or a whole zone, fail", kill, false, down);
  addFailing("revive", "brings back what was killed", revive, true, (name) => `${name} is back`);
  return command;
}

/** Starts the sandbox if it is not running, showing what it does. */
export async function startSandbox(profile: string, steps: Steps): Promise<SandboxStatus> {
  const dir = sandboxDirectory();
  return steps.run("sandbox", async (detail) => {
    const before = await probe({ dir });
    const running = before.state === "ready" ? before.status : await start({ dir, profile, onProgress: detail });
    const how = { ready: "running already", hangs: "replaced", starting: "started", stopped: "started" }[before.state];
    detail(`${how}, process ${running.pid}`);
    return running;
  });
}

/** The outputs of a stack in the sandbox; undefined where there is none, or none that tells the names of a fleet. */
async function outputsIfAny(stack: string): Promise<StackOutputs | undefined> {
  try {
    return await readOutputs(await enterStack(stack));
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

async function mustRun(): Promise<SandboxStatus> {
  const running = await status({ dir: sandboxDirectory() });
  if (!running?.ready) throw new Problem("The sandbox is not running: `npm start` or `fleet sandbox start` starts it.");
  return running;
}

function whatIsWrong(found: Exclude<SandboxState, { state: "ready" }>): string {
  if (found.state === "hangs") return hangs(found.pid);
  if (found.state === "starting") return `The sandbox is starting or stopping, process ${found.pid}.`;
  return "The sandbox is not running: `npm start` starts it.";
}

function describe(running: SandboxStatus): string {
  const ports = Object.entries(running.ports).map(([name, port]) => [name, `127.0.0.1:${port}`]);
  return [
    `The sandbox runs as process ${running.pid}, profile ${running.profile}, data in ${running.dir}`,
    table(["endpoint", "address"], ports),
    table(
      ["workgroup", "state", "address", "connections"],
      running.workgroups.map((workgroup) => [
        workgroup.name,
        workgroup.killed ? "killed" : workgroup.status,
        `${workgroup.host}:${workgroup.port}`,
        String(workgroup.connections),
      ]),
    ),
  ].join("\n\n");
}
