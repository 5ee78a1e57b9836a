import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import type { SandboxStatus } from "@redshift-fleet/sandbox";
import { engineEnvironment, environment } from "@redshift-fleet/toolchain";
import { Command } from "commander";
import color from "picocolors";
import { type Authority, addressOf, chooseAddress, connectionStrings } from "../connections/connection";
import { deployIntoNewSandbox, deploySandboxStack, previewSandboxStack } from "../stack/deploy";
import { firstDeploymentWasKilled, isNewSandbox } from "../stack/first-deployment";
import { sandboxOptions, sandboxStack } from "../stack/names";
import { sandboxOf } from "../stack/place";
import { loadSampleData, samplesOf } from "../stack/samples";
import { createSandboxStack } from "../stack/sandbox-project";
import { readSettings, type StackSettings } from "../stack/settings";
import { shortcomingsOf } from "../stack/shortcomings";
import { readOutputs } from "../stack/stack";
import { picture } from "../terminal/picture";
import { plan } from "../terminal/plan";
import { Steps } from "../terminal/progress";
import { note, Problem, print, printJson } from "../terminal/terminal";
import { stackOption } from "./options";
import { type JsonOption, profileOption, startSandbox } from "./sandbox";

interface StartOptions extends JsonOption {
  stack: string;
  profile: string;
  samples: boolean;
  preview?: boolean;
}

export function startCommand(): Command {
  return new Command("start")
    .description("Starts a stack's sandbox, deploys the stack into it, loads its sample data, shows how to connect.")
    .addOption(stackOption("the stack to start, by its file in stacks/; local is the example"))
    .addOption(profileOption())
    .option("--no-samples", "leave the tables empty")
    .option("--preview", "only say what would be made, and what the policies say to it")
    .option("--json", "print outputs and connection strings as JSON")
    .action(async (options: StartOptions) => {
      const steps = new Steps(options.json);
      const settings = readSettings(options.stack);
      if (options.preview) return previewOnly(settings, options, steps);
      const sandbox = await deployedSandbox(settings, options.profile, steps);
      const outputs = await readOutputs({ name: settings.stack, inSandbox: true });
      const samples = options.samples ? samplesOf(settings) : undefined;
      if (samples) await steps.run("sample data", (detail) => loadSampleData(outputs, samples, sandbox.dir, detail));
      const connections = await describeConnections(outputs, { file: sandbox.caPath });
      const { status } = await import("@redshift-fleet/sandbox");
      const now = (await status({ dir: sandbox.dir })) ?? sandbox;
      const wrong = await shortcomingsOf(settings.stack, outputs, now);
      if (options.json) printJson({ sandbox, outputs, connections, wrong });
      else print(`\n${picture(outputs)}\n\n${describe(settings.stack, connections)}`);
      if (wrong.length > 0) note(color.red(["", "Not all is well:", ...wrong.map((line) => `  ${line}`)].join("\n")));
    });
}

/** Nothing is left behind: a sandbox that was not running does not run afterwards, one that was not there is gone. */
async function previewOnly(settings: StackSettings, { profile, json }: StartOptions, steps: Steps): Promise<void> {
  const dir = sandboxOf(settings.stack);
  const purge = isNewSandbox(dir);
  const { probe, stop } = await import("@redshift-fleet/sandbox");
  const { state } = await probe({ dir });
  try {
    await enterSandbox(settings, profile, steps);
    const result = await previewSandboxStack(settings, steps);
    if (json) printJson({ stack: settings.stack, ...result });
    else print(plan(result));
  } finally {
    if (state === "stopped") await steps.run("stopping the sandbox", () => stop({ dir, purge }));
  }
}

/** Starts a stack's sandbox, or finds it running, and brings the stack to what the sources say. */
async function deployedSandbox(settings: StackSettings, profile: string, steps: Steps): Promise<SandboxStatus> {
  if (isNewSandbox(sandboxOf(settings.stack))) return newSandbox(settings, profile, steps);
  const sandbox = await enterSandbox(settings, profile, steps);
  if (firstDeploymentWasKilled(sandbox.dir, settings.stack)) {
    await steps.run("first deployment was killed", async (detail) => {
      const { stop } = await import("@redshift-fleet/sandbox");
      await stop({ dir: sandbox.dir, purge: true });
      detail("nobody knows what it had made: the sandbox is made anew");
    });
    return newSandbox(settings, profile, steps);
  }
  await deploySandboxStack(settings, sandbox.dir, steps);
  return sandbox;
}

async function newSandbox(settings: StackSettings, profile: string, steps: Steps): Promise<SandboxStatus> {
  // At the same time: neither needs the other.
  const stack = createSandboxStack(settings.stack, engineEnvironment(sandboxOf(settings.stack)));
  const [sandbox] = await Promise.all([enterSandbox(settings, profile, steps), stack]);
  await deployIntoNewSandbox(settings, sandbox.dir, steps);
  return sandbox;
}

async function enterSandbox({ stack, region, file }: StackSettings, profile: string, steps: Steps) {
  const sandbox = await startSandbox({ dir: sandboxOf(stack), region, profile }, steps);
  if (region !== undefined && region !== sandbox.region)
    throw new Problem(
      `${file}: aws:region must stay ${sandbox.region}, where stack ${stack} was started, but is ${region}. A fleet cannot move to another Region: go back, or throw it away (\`npx fleet sandbox stop --purge --stack ${stack}\`) and start it anew.`,
    );
  Object.assign(process.env, environment(sandbox.dir, sandbox.ports, sandbox.region));
  return sandbox;
}

interface Connections {
  endpoint: ReturnType<typeof connectionStrings>;
  producer: ReturnType<typeof connectionStrings>;
  consumers: Record<string, ReturnType<typeof connectionStrings>>;
}

async function describeConnections(outputs: StackOutputs, authority: Authority): Promise<Connections> {
  const { readLogin } = await import("@redshift-fleet/redshift/fleet");
  const [reader, admin] = await Promise.all([
    readLogin(outputs.endpoint.secretArn),
    readLogin(outputs.producer.secretArn),
  ]);
  const asReader = { user: reader.username, password: reader.password };
  const asAdmin = { user: admin.username, password: admin.password };
  return {
    endpoint: connectionStrings(chooseAddress(outputs, {}), asReader, authority),
    producer: connectionStrings(chooseAddress(outputs, { producer: true }), asAdmin, authority),
    consumers: Object.fromEntries(
      outputs.consumers.map((consumer) => [
        consumer.name,
        connectionStrings(addressOf(consumer, outputs.endpoint.secretArn), asReader, authority),
      ]),
    ),
  };
}

function describe(stack: string, { endpoint, producer, consumers }: Connections): string {
  const connect = `npx fleet connect${sandboxOptions(stack)}`;
  const only = Object.keys(consumers).at(-1);
  const lines = [
    color.bold("Readers, through the balancer"),
    ...Object.entries(endpoint).map(([client, text]) => `  ${color.dim(client.padEnd(7))} ${text}`),
    color.bold("Writers, on the producer"),
    `  ${color.dim("psql".padEnd(7))} ${producer.psql}`,
    "",
    `${color.dim("Shorter:")} ${connect}, ${connect} --consumer ${only}, ${connect} --producer`,
    `${color.dim("Passwords stand here because they open nothing but this machine's sandbox; on AWS they never do.")}`,
    `${color.dim("pulumi and aws:")} eval "$(npx fleet sandbox env${stackName(stack)})"   ${color.dim("Stop:")} ${stopCommand(stack)}`,
  ];
  return lines.join("\n");
}

const stackName = (stack: string) => (stack === sandboxStack ? "" : ` --stack ${stack}`);
const stopCommand = (stack: string) =>
  stack === sandboxStack ? "npm stop" : `npx fleet sandbox stop --stack ${stack}`;
