import type { ServerWritableStream } from "@grpc/grpc-js";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { endChild, startChild } from "./children";
import { runtimeOptions, typescriptEnvironment } from "./options";
import { firstArguments, resolveSdk } from "./program";

/** Runs a policy pack, or a provider written for node, and relays what it prints until it ends. */
export async function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): Promise<void> {
  const request = call.request;
  const options = runtimeOptions(request.getInfo());
  const directory = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const isPolicyPack = request.getKind() === "analyzer";
  const runner = resolveSdk(`@pulumi/pulumi/cmd/${isPolicyPack ? "run-policy-pack" : "run-plugin"}`, directory);
  // A policy pack is told its own folder last, every other plugin first.
  const programArguments = isPolicyPack ? [...request.getArgsList(), directory] : [directory, ...request.getArgsList()];
  const child = startChild(
    process.execPath,
    [...firstArguments(), ...options.nodeArguments, runner, ...programArguments],
    {
      // Packs find their tsconfig.json and modules from their own folder, whatever program they judge.
      cwd: isPolicyPack ? directory : request.getPwd(),
      env: { ...environmentOf(request), ...typescriptEnvironment(options) },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  child.process.stdout?.on("data", (data: Buffer) => call.write(output((part) => part.setStdout(data))));
  child.process.stderr?.on("data", (data: Buffer) => call.write(output((part) => part.setStderr(data))));
  call.once("cancelled", () => endChild(child.process));
  const exit = await child.ended;
  call.write(output((part) => part.setExitcode(exit.code ?? 1)));
  call.end();
}

function output(fill: (part: RunPluginResponse) => void): RunPluginResponse {
  const part = new RunPluginResponse();
  fill(part);
  return part;
}

function environmentOf(request: RunPluginRequest): Record<string, string> {
  return Object.fromEntries(
    request.getEnvList().map((assignment) => {
      const [name = "", ...value] = assignment.split("=");
      return [name, value.join("=")];
    }),
  );
}
