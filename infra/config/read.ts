import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describeMigrations, readMigrationFiles } from "@redshift-fleet/redshift/declarations";
import { type CheckedConfig, parseConfig } from "./parse";
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
