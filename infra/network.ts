import type * as pulumi from "@pulumi/pulumi";
import { type FleetNetwork, fewestZones, Network, prefixOf, usableAddresses } from "@redshift-fleet/components";
import { lookUpZones } from "./account";
import { type CheckedConfig, ConfigError } from "./config/parse";
import { capacityOf } from "./config/rules";

interface Place {
  readonly namePrefix: string;
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly tags: Record<string, string>;
}

/** Makes the network that the configuration describes, or looks up the one that it names. */
export async function createNetwork(config: CheckedConfig, place: Place): Promise<FleetNetwork> {
  const { network, region } = config;
  if (!network.existing) {
    const azs = network.subnets ? undefined : (network.azs ?? (await lookUpZones(fewestZones)));
    return new Network("network", { ...network, ...place, region, azs });
  }
  const found = await Network.fromExisting("network", { ...network, ...network.existing, ...place, region });
  // Only the look-up tells how large the subnets are. What others use of them is not counted: the fleet's own
  // addresses would be among it from the second run on.
  const smallest = Math.max(...found.subnets.map(({ cidr }) => prefixOf(cidr)));
  const faults = capacityOf(config, usableAddresses(smallest), 0);
  if (faults.length > 0)
    throw new ConfigError(faults.map((fault) => ({ ...fault, path: `redshift-fleet:${fault.path}` })));
  return found;
}
