import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type FoundNetwork, placedKeys } from "@redshift-fleet/components";
import { describeMigrations, readMigrationFiles } from "@redshift-fleet/redshift/declarations";
import { type LookedUp, lookUpExisting } from "./existing";
import { type CheckedConfig, ConfigError, judgeConfig, locate } from "./parse";
import { placeFaults, placesOf, topKeyFaults } from "./positions";
import { namePrefix } from "./rules";
import { type ChosenZones, lookUpZones } from "./zones";

/** The stack's configuration, checked, and what follows from the stack's name. */
export interface StackConfig {
  readonly config: CheckedConfig;
  /** The network that the configuration names, where it names one. */
  readonly found?: FoundNetwork;
  /** Zones of the network to be made otherwise. */
  readonly zones: Pick<ChosenZones, "azs" | "subnets" | "warehouseSubnets">;
  /** Start of the names of everything in the account: `<project>-<stack>`. */
  readonly namePrefix: string;
  /** What every resource is tagged with, for owners, bills and clean-ups. */
  readonly tags: Record<string, string>;
  /** In which line of the stack's file keys stand that a change may be refused for. */
  readonly places: Record<string, string>;
}

/** The folder of Pulumi.yaml, seen from where the compiled program lies. */
const repository = path.resolve(__dirname, "../..");

/**
 * Reads the configuration of the stack that is being previewed or updated, and looks up the network that it names: the
 * one place that does.
 *
 * @throws pulumi.RunError with every fault at once and no stack trace, since the fault is not in the program.
 */
export async function readConfig(): Promise<StackConfig> {
  const place = { project: pulumi.getProject(), stack: pulumi.getStack() };
  const values = pulumi.runtime.allConfig();
  const file = { ...place, root: repository, values };
  const misspelt = topKeyFaults(file);
  // Without its configuration nothing that a stack says is there to be judged.
  if (misspelt.length > 0) throw new pulumi.RunError(new ConfigError(misspelt).message);
  const { config, faults } = judge(place, values);
  // What has no zones to speak of (two of them, of another Region, of none) is not looked up as well.
  const judged = faults.some(({ path }) => /^aws:region$|:network\.(azs|subnets|warehouseSubnets)/.test(path));
  const nothing = { faults: [] };
  const nowhere = faults.some(({ path }) => path === "aws:region");
  const [looked, zones]: [LookedUp, ChosenZones] = await Promise.all([
    config && !nowhere ? lookUpExisting(config) : nothing,
    config && !judged ? lookUpZones(config) : nothing,
  ]);
  const all = [...faults, ...locate(place.project, [...looked.faults, ...zones.faults])];
  if (all.length > 0 || !config) {
    const placed = placeFaults(all, file);
    throw new pulumi.RunError(new ConfigError(placed).message);
  }
  const tags = { project: place.project, stack: place.stack, environment: config.environment, ...config.tags };
  const places = placesOf(placedKeys, file);
  return { config, found: looked.found, zones, namePrefix: namePrefix(place), tags, places };
}

function judge(place: { project: string; stack: string }, values: Record<string, string>) {
  try {
    return judgeConfig({
      ...place,
      values,
      describeSchemas: (directory) =>
        describeMigrations(directory === undefined ? [] : readMigrationFiles(path.resolve(repository, directory))),
    });
  } catch (error) {
    throw error instanceof Error && error.name === "MigrationFilesError" ? new pulumi.RunError(error.message) : error;
  }
}
