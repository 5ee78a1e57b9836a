import { onPort } from "../ports";
import { AwsProvider, type AwsProviderDependencies } from "./aws-provider";
import { CommandProvider } from "./command/provider";
import { serveProvider } from "./grpc/server";

export interface ProvidersOptions extends AwsProviderDependencies {
  /** Put into the environment of commands, such as `AWS_ENDPOINT_URL`. */
  environment?: Readonly<Record<string, string>>;
  /** Ports to take again after a restart; a free one where none is given. */
  ports?: { aws?: number; command?: number };
}

export interface Providers {
  ports: { aws: number; command: number };
  close(): void;
}

/** Serves the packages `aws` and `command` to Pulumi engines: `PULUMI_DEBUG_PROVIDERS="aws:<port>,command:<port>"`. */
export async function startProviders(options: ProvidersOptions): Promise<Providers> {
  const { environment = {}, ports = {} } = options;
  const aws = await onPort(ports.aws, (port) => serveProvider(new AwsProvider(options), port));
  const command = await onPort(ports.command, (port) => serveProvider(new CommandProvider(environment), port));
  return {
    ports: { aws: aws.port, command: command.port },
    close() {
      aws.close();
      command.close();
    },
  };
}
