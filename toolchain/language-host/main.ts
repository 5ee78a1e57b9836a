import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { endWithParent } from "../parent";
import { engineVersion } from "../version";
import { endChildren } from "./children";
import { languageRuntime } from "./service";

/**
 * The process behind `pulumi-language-nodejs`: serves gRPC on a free port of the loopback address, prints the port
 * (that is how the engine learns it), and ends with the engine.
 */
function main(): void {
  // `[--logtostderr] [-v=N] [--tracing URL] <engine address>`: only the last is of interest.
  const engineAddress = process.argv.slice(2).at(-1) ?? "";
  const server = new Server();
  server.addService(LanguageRuntimeService, languageRuntime(engineAddress, engineVersion));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  endWithParent(end);
}

let ending = false;
function end(): void {
  if (ending) return;
  ending = true;
  endChildren().finally(() => process.exit(0));
}

main();
