import {
  type ServerWritableStream,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  DependencyInfo,
  GetProgramDependenciesResponse,
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  LanguageHandshakeResponse,
  RuntimeOptionsResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PackageDependency, PluginDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { endChildren } from "./children";
import { about, installDependencies } from "./installation";
import { attachedProviders, installedPackages, requiredPlugins } from "./packages";
import { runPlugin } from "./plugin";
import { runProgram } from "./program";

/** What this host answers; calls that are not here (code generation, packing, templates) are UNIMPLEMENTED by gRPC. */
type Implemented =
  | "handshake"
  | "getPluginInfo"
  | "getRequiredPackages"
  | "getRequiredPlugins"
  | "getProgramDependencies"
  | "run"
  | "runPlugin"
  | "installDependencies"
  | "runtimeOptionsPrompts"
  | "about"
  | "cancel";

/** The LanguageRuntime service of Pulumi's engine for node programs and policy packs. */
export function languageRuntime(engineAddress: string, version: string): UntypedServiceImplementation {
  const cancelled = new AbortController();
  let engine = engineAddress;
  const service: Pick<ILanguageRuntimeServer, Implemented> = {
    handshake: (call, answer) => {
      engine = call.request.getEngineAddress() || engine;
      answer(null, new LanguageHandshakeResponse());
    },
    getPluginInfo: (_call, answer) => answer(null, new PluginInfo().setVersion(version)),
    getRequiredPackages: (call, answer) =>
      reply(answer, async () => {
        const packages = plugins(call.request.getInfo()?.getProgramDirectory()).map((plugin) =>
          new PackageDependency()
            .setName(plugin.name)
            .setKind("resource")
            .setVersion(plugin.version)
            .setServer(plugin.server ?? ""),
        );
        return new GetRequiredPackagesResponse().setPackagesList(packages);
      }),
    getRequiredPlugins: (call, answer) =>
      reply(answer, async () => {
        const list = plugins(call.request.getInfo()?.getProgramDirectory()).map((plugin) =>
          new PluginDependency()
            .setName(plugin.name)
            .setKind("resource")
            .setVersion(plugin.version)
            .setServer(plugin.server ?? ""),
        );
        return new GetRequiredPluginsResponse().setPluginsList(list);
      }),
    getProgramDependencies: (call, answer) =>
      reply(answer, async () => {
        const directory = call.request.getInfo()?.getProgramDirectory() ?? call.request.getPwd();
        const depth = call.request.getTransitivedependencies() ? Number.POSITIVE_INFINITY : 1;
        const list = installedPackages(directory, depth).map((manifest) =>
          new DependencyInfo().setName(manifest.name).setVersion(manifest.version),
        );
        return new GetProgramDependenciesResponse().setDependenciesList(list);
      }),
    run: (call, answer) => reply(answer, () => runProgram(call.request, engine, cancelled.signal)),
    runPlugin: (call) => stream(call, () => runPlugin(call)),
    installDependencies: (call) => stream(call, () => installDependencies(call)),
    runtimeOptionsPrompts: (_call, answer) => answer(null, new RuntimeOptionsResponse()),
    about: (call, answer) => reply(answer, async () => about(call.request.getInfo())),
    cancel: (_call, answer) =>
      reply(answer, async () => {
        cancelled.abort();
        await endChildren();
        return new Empty();
      }),
  };
  return { ...service };
}

function plugins(programDirectory: string | undefined) {
  return programDirectory
    ? requiredPlugins(programDirectory, attachedProviders(process.env.PULUMI_DEBUG_PROVIDERS))
    : [];
}

/** Answers a call with what `work` resolves to, or with its error's message. */
function reply<T>(answer: sendUnaryData<T>, work: () => Promise<T>): void {
  work().then(
    (value) => answer(null, value),
    (error: Error) => answer({ code: status.UNKNOWN, details: error.message }),
  );
}

function stream<Request, Part>(call: ServerWritableStream<Request, Part>, work: () => Promise<void>): void {
  work().catch((error: Error) => call.destroy(Object.assign(error, { code: status.UNKNOWN, details: error.message })));
}
