import { engineEnvironment, environment, type SandboxStatus, sandboxDirectory, stop } from "@redshift-fleet/sandbox";
import { Command } from "commander";
import color from "picocolors";
import { addressOf, chooseAddress, connectionStrings } from "../connections/connection";
import { readLogin } from "../connections/secrets";
import { deployIntoNewSandbox, deploySandboxStack } from "../stack/deploy";
import { firstDeploymentWasKilled, isNewSandbox } from "../stack/first-deployment";
import { sandboxStack } from "../stack/names";
import type { StackOutputs } from "../stack/outputs";
import { loadSampleData } from "../stack/samples";
import { createStack, readOutputs } from "../stack/stack";
import { picture } from "../terminal/picture";
import { Steps } from "../terminal/progress";
import { print, printJson } from "../terminal/terminal";
import { type JsonOption, profileOption, startSandbox } from "./sandbox";

export function startCommand(): Command {
  return new Command("start")
    .description("Starts the sandbox, deploys stack local into it, loads sample data and shows how to connect.")
    .addOption(profileOption())
    .option("--no-samples", "leave the tables empty")
    .option("--json", "print outputs and connection strings as JSON")
    .action(async (options: JsonOption & { profile: string; samples: boolean }) => {
      const steps = new Steps(options.json);
      const sandbox = await deployedSandbox(options.profile, steps);
      const stack = { name: sandboxStack, inSandbox: true };
      const outputs = await readOutputs(stack);
      if (options.samples) await steps.run("sample data", (detail) => loadSampleData(outputs, sandbox.dir, detail));
      const connections = await describeConnections(outputs);
      if (options.json) printJson({ sandbox, outputs, connections });
      else print(`\n${picture(outputs)}\n\n${describe(connections, sandbox)}`);
    });
}

/** Starts the sandbox, or finds it running, and brings its stack to what the sources say. */
async function deployedSandbox(profile: string, steps: Steps): Promise<SandboxStatus> {
  if (isNewSandbox(sandboxDirectory())) return newSandbox(profile, steps);
  const sandbox = await enterSandbox(profile, steps);
  if (firstDeploymentWasKilled(sandbox.dir)) {
    await steps.run("first deployment was killed", async (detail) => {
      await stop({ dir: sandbox.dir, purge: true });
      detail("nobody knows what it had made: the sandbox is made anew");
    });
    return newSandbox(profile, steps);
  }
  await deploySandboxStack(sandbox.dir, steps);
  return sandbox;
}

async function newSandbox(profile: string, steps: Steps): Promise<SandboxStatus> {
  // At the same time: neither needs the other.
  const stack = createStack(sandboxStack, engineEnvironment(sandboxDirectory()));
  const [sandbox] = await Promise.all([enterSandbox(profile, steps), stack]);
  await deployIntoNewSandbox(sandbox.dir, steps);
  return sandbox;
}

async function enterSandbox(profile: string, steps: Steps): Promise<SandboxStatus> {
  const sandbox = await startSandbox(profile, steps);
  Object.assign(process.env, environment(sandbox.dir, sandbox.ports, sandbox.region));
  return sandbox;
}

interface Connections {
  endpoint: ReturnType<typeof connectionStrings>;
  producer: ReturnType<typeof connectionStrings>;
  consumers: Record<string, ReturnType<typeof connectionStrings>>;
}

async function describeConnections(outputs: StackOutputs): Promise<Connections> {
  const [reader, admin] = await Promise.all([
    readLogin(outputs.endpoint.secretArn),
    readLogin(outputs.producer.secretArn),
  ]);
  const asReader = { user: reader.username, password: reader.password };
  const asAdmin = { user: admin.username, password: admin.password };
  return {
    endpoint: connectionStrings(chooseAddress(outputs, {}), asReader, true),
    producer: connectionStrings(chooseAddress(outputs, { producer: true }), asAdmin, true),
    consumers: Object.fromEntries(
      outputs.consumers.map((consumer) => [
        consumer.name,
        connectionStrings(addressOf(consumer, outputs.endpoint.secretArn), asReader, true),
      ]),
    ),
  };
}

function describe({ endpoint, producer }: Connections, sandbox: SandboxStatus): string {
  const lines = [
    color.bold("Readers, through the balancer"),
    ...Object.entries(endpoint).map(([client, text]) => `  ${color.dim(client.padEnd(7))} ${text}`),
    color.bold("Writers, on the producer"),
    `  ${color.dim("psql".padEnd(7))} ${producer.psql}`,
    "",
    `${color.dim("Shorter:")} npx fleet connect, npx fleet connect --consumer analytics, npx fleet connect --producer`,
    `${color.dim("Passwords stand here because they open nothing but this machine's sandbox; on AWS they never do.")}`,
    `${color.dim(`TLS: the sandbox signs its own certificates, ${sandbox.caPath}`)}`,
    `${color.dim("pulumi and aws:")} eval "$(npx fleet sandbox env)"   ${color.dim("Stop:")} npm stop`,
  ];
  return lines.join("\n");
}
