import fs from "node:fs";
import path from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import {
  AboutResponse,
  type InstallDependenciesRequest,
  InstallDependenciesResponse,
  type ProgramInfo,
} from "@pulumi/pulumi/proto/language_pb";
import { findOnPath } from "../locations";
import { endChild, startChild } from "./children";
import { runtimeOptions } from "./options";
import { findManifest } from "./packages";

/** `pulumi install`: the project's package manager installs what package.json asks for. */
export async function installDependencies(
  call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
): Promise<void> {
  const info = call.request.getInfo();
  const { packageManager } = runtimeOptions(info);
  const child = startChild(packageManager, ["install"], {
    cwd: info?.getProgramDirectory() || call.request.getDirectory(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const send = (fill: (part: InstallDependenciesResponse) => void) => {
    const part = new InstallDependenciesResponse();
    fill(part);
    call.write(part);
  };
  child.process.stdout?.on("data", (data: Buffer) => send((part) => part.setStdout(data)));
  child.process.stderr?.on("data", (data: Buffer) => send((part) => part.setStderr(data)));
  call.once("cancelled", () => endChild(child.process));
  const exit = await child.ended;
  if (exit.code !== 0) throw new Error(`${packageManager} install ended with code ${exit.code ?? exit.signal}`);
  call.end();
}

/** `pulumi about`: which node runs programs, and which package manager serves them. */
export function about(info: ProgramInfo | undefined): AboutResponse {
  const { packageManager } = runtimeOptions(info);
  const response = new AboutResponse();
  response.setExecutable(process.execPath);
  response.setVersion(process.version);
  response.getMetadataMap().set("packagemanager", packageManager);
  response.getMetadataMap().set("packagemanagerVersion", versionOf(packageManager));
  return response;
}

/** From the manager's own package.json: the engine asks before each of its operations, and to run npm takes half a second. */
function versionOf(command: string): string {
  const executable = findOnPath(command);
  return (executable && findManifest(path.dirname(fs.realpathSync(executable)))?.manifest.version) ?? "not found";
}
