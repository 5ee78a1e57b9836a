import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import type { SandboxState, SandboxStatus } from "@redshift-fleet/sandbox";
import { asExports, environment } from "@redshift-fleet/toolchain";
import { Command, InvalidArgumentError, Option } from "commander";
import { describeSandbox } from "../sandbox/describe";
import { asEvent, LogLines } from "../sandbox/log-lines";
import { sandboxOptions, sandboxStack, startedBy } from "../stack/names";
import { sandboxOf, stacksWithSandboxes } from "../stack/place";
import { sandboxTargets } from "../stack/sandbox-target";
import { readSettings } from "../stack/settings";
import { enterStack, readOutputs } from "../stack/stack";
import { Steps } from "../terminal/progress";
import { note, Problem, print, printJson } from "../terminal/terminal";
import { type StackOptions, stackOption, withStack } from "./options";

/** Loaded by the commands that are about a sandbox: on AWS there is none, and its package need not be there. */
const sandboxPackage = () => import("@redshift-fleet/sandbox");

type Saying = (name: string, stack: string) => string;

export interface JsonOption {
  json?: boolean;
}

/** Options of every command about a sandbox. */
interface SandboxOptions extends JsonOption {
  stack: string;
}

/** Milliseconds between two looks at a log that is followed. */
const lookMs = 200;
/** Lines that following begins with. */
const linesBefore = 20;

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
    command
      .command(name)
      .description(description)
      .addOption(stackOption("the stack whose sandbox is meant"))
      .option("--json", "print the result as JSON");

  add("start", "starts it, empty or with what it had")
    .addOption(profileOption())
    .addOption(
      new Option("--port <number>", "where AWS's APIs answer: there or nowhere")
        .env("REDSHIFT_FLEET_SANDBOX_PORT")
        .argParser(portOf),
    )
    .action(async ({ stack, profile, port, json }: SandboxOptions & { profile: string; port?: number }) => {
      const region = stack === sandboxStack ? undefined : readSettings(stack).region;
      const running = await startSandbox({ dir: sandboxOf(stack), region, profile, port }, new Steps(json));
      if (json) printJson(running);
    });
  add("stop", "ends it; its data stays")
    .option("--purge", "its data goes too")
    .action(async (options: SandboxOptions & { purge?: boolean }) => {
      const dir = sandboxOf(options.stack);
      const { stop } = await sandboxPackage();
      await new Steps(options.json).run("stopping the sandbox", () => stop({ dir, purge: options.purge ?? false }));
      if (options.json) return printJson({ dir, running: false, purged: options.purge ?? false });
      for (const other of await otherRunning(options.stack))
        note(`still running: the sandbox of stack ${other}; \`npx fleet sandbox stop --stack ${other}\` ends it`);
    });
  add("status", "says whether it runs, and what is in it").action(async (options: SandboxOptions) => {
    const dir = sandboxOf(options.stack);
    const { hangs, probe } = await sandboxPackage();
    const found = await probe({ dir });
    if (found.state === "ready") {
      if (options.json) printJson(found.status);
      else print(describeSandbox(found.status, options.stack));
      return;
    }
    process.exitCode = 1;
    if (options.json) printJson({ dir, ready: false, ...found });
    else print(found.state === "hangs" ? hangs(found.pid) : whatIsWrong(found, options.stack));
  });
  add("env", 'prints variables that point pulumi, the AWS CLI and SDKs at it: eval "$(fleet sandbox env)"').action(
    async (options: SandboxOptions) => {
      const running = await mustRun(options.stack);
      const variables = environment(running.dir, running.ports, running.region);
      if (options.json) printJson(variables);
      else print(asExports(variables));
    },
  );
  add("logs", "prints what happened in it: calls, changes, health, connections, failures; no statements, no secrets")
    .option("-f, --follow", "go on with what happens from now on")
    .addOption(
      new Option("-n, --lines <count>", "only the last lines (all, or 20 where following)").argParser(countOfLines),
    )
    .action(async (options: SandboxOptions & { follow?: boolean; lines?: number }) => {
      const { logs, olderLog } = await sandboxPackage();
      const file = logs({ dir: sandboxOf(options.stack) });
      if (!fs.existsSync(file))
        throw new Problem(`There is no log yet at ${file}: \`${startedBy(options.stack)}\` begins one.`);
      const show = (line: string) => print(options.json ? JSON.stringify(asEvent(line)) : line);
      const lines = new LogLines(file, olderLog(file));
      for (const line of lines.last(options.lines ?? (options.follow ? linesBefore : Number.POSITIVE_INFINITY)))
        show(line);
      while (options.follow) {
        await sleep(lookMs);
        for (const line of lines.next()) show(line);
      }
    });
  const target = "a consumer's name, producer, a workgroup's name, or zone:<availability zone>";
  const addFailing = (name: "kill" | "revive", description: string, say: Saying) =>
    withStack(command.command(name))
      .description(description)
      .argument("<targets...>", target)
      .action(async (wanted: string[], options: StackOptions) => {
        const running = await mustRun(options.stack);
        const found = sandboxTargets(wanted, await outputsIfAny(options.stack), running);
        const change = (await sandboxPackage())[name];
        for (const target of found) await change({ dir: running.dir, target });
        if (options.json) printJson({ targets: found, alive: name === "revive" });
        else for (const one of wanted) note(say(one, options.stack));
      });
  const down: Saying = (name, stack) =>
    `${name} is down; \`npx fleet sandbox revive ${name}${sandboxOptions(stack)}\` brings it back`;
  addFailing("kill", "makes a warehouse, or a whole zone, fail", down);
  addFailing("revive", "brings back what was killed", (name) => `${name} is back`);
  return command;
}

/** Starts the sandbox if it is not running, showing what it does. */
export async function startSandbox(
  { dir, region, profile, port }: { dir: string; region?: string; profile: string; port?: number },
  steps: Steps,
): Promise<SandboxStatus> {
  const { probe, start } = await sandboxPackage();
  const before = await probe({ dir });
  const running = await steps.run("sandbox", async (detail) => {
    const running =
      before.state === "ready" ? before.status : await start({ dir, region, profile, port, onProgress: detail });
    const how = { ready: "running already", hangs: "replaced", starting: "started", stopped: "started" }[before.state];
    detail(`${how}, process ${running.pid}`);
    return running;
  });
  if (port !== undefined && running.ports.api !== port)
    throw new Problem(
      `The sandbox runs already, with its APIs on port ${running.ports.api}, not ${port}: stop it first (\`npx fleet sandbox stop\`), or leave the port out.`,
    );
  const moved = before.state === "ready" ? [] : Object.values(running.movedPorts ?? {});
  for (const { from, to } of moved)
    note(
      `Port ${from} was taken by another program and is ${to} now: what \`fleet sandbox env\` has set in other shells is old.`,
    );
  return running;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a whole number from 1 to 65535.");
}

/** The outputs of a stack in the sandbox; undefined where there is none, or none that tells the names of a fleet. */
async function outputsIfAny(stack: string): Promise<StackOutputs | undefined> {
  try {
    return await readOutputs(await enterStack({ stack, sandbox: true }));
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** Stacks whose sandboxes run besides one's. */
async function otherRunning(stack: string): Promise<string[]> {
  const { probe } = await sandboxPackage();
  const states = await Promise.all(
    [sandboxStack, ...stacksWithSandboxes()].map(async (other) => ({
      other,
      state: await probe({ dir: sandboxOf(other) }),
    })),
  );
  return states.flatMap(({ other, state }) => (other !== stack && state.state !== "stopped" ? [other] : []));
}

async function mustRun(stack: string): Promise<SandboxStatus> {
  const { status } = await sandboxPackage();
  const running = await status({ dir: sandboxOf(stack) });
  if (!running?.ready) throw new Problem(`The sandbox is not running: \`${startedBy(stack)}\` starts it.`);
  return running;
}

function whatIsWrong(found: Exclude<SandboxState, { state: "ready" | "hangs" }>, stack: string): string {
  if (found.state === "starting") return `The sandbox is starting or stopping, process ${found.pid}.`;
  return `The sandbox is not running: \`${startedBy(stack)}\` starts it.`;
}

function countOfLines(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("It must be a whole number of lines.");
}
