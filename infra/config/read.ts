import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Fault } from "@redshift-fleet/components";
import { describeMigrations, readMigrationFiles } from "@redshift-fleet/redshift/declarations";
import { type CheckedConfig, ConfigError, parseConfig } from "./parse";
import { namePrefix } from "./rules";

/** The stack's configuration, checked, and what follows from the stack's name. */
export interface StackConfig {
  readonly config: CheckedConfig;
  /** Start of the names of everything in the account: `<project>-<stack>`. */
  readonly namePrefix: string;
  /** What every resource is tagged with, for owners, bills and clean-ups. */
  readonly tags: Record<string, string>;
}

/** The program's folder, seen from where the compiled program lies. */
const program = path.resolve(__dirname, "..");

/**
 * Reads the configuration of the stack that is being previewed or updated: the one place that does.
 *
 * @throws pulumi.RunError with every fault at once and no stack trace, since the fault is not in the program.
 */
export function readConfig(): StackConfig {
  const place = { project: pulumi.getProject(), stack: pulumi.getStack() };
  try {
    const config = parseConfig({
      ...place,
      values: pulumi.runtime.allConfig(),
      describeSchemas: (directory) => describeMigrations(readMigrationFiles(path.resolve(program, directory))),
    });
    const tags = { project: place.project, stack: place.stack, environment: config.environment, ...config.tags };
    return { config, namePrefix: namePrefix(place), tags };
  } catch (error) {
    throw error instanceof Error && error.name.match(/^(ConfigError|MigrationFilesError)$/)
      ? new pulumi.RunError(error.message)
      : error;
  }
}

/**
 * Stops for faults of the configuration that only a look-up could find, or does nothing where there are none.
 *
 * @param faults with paths below the project's namespace.
 */
export function refuseConfig(faults: readonly [Fault, ...Fault[]]): never;
export function refuseConfig(faults: readonly Fault[]): void;
export function refuseConfig(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const located = faults.map((fault) => ({ ...fault, path: `${pulumi.getProject()}:${fault.path}` }));
  throw new pulumi.RunError(new ConfigError(located).message);
}
