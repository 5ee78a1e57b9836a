import type * as pulumi from "@pulumi/pulumi";
import {
  at,
  checkFound,
  ExistingNetwork,
  type FleetNetwork,
  type FoundNetwork,
  fewestZones,
  lookUpNetwork,
  Network,
  prefixOf,
  usableAddresses,
  type WantedNetwork,
} from "@redshift-fleet/components";
import { lookUpZones } from "./account";
import type { CheckedConfig } from "./config/parse";
import { refuseConfig } from "./config/read";
import { capacityOf } from "./config/rules";

interface Place {
  readonly namePrefix: string;
  readonly tags: Record<string, string>;
}

/**
 * Looks up what has to be known of the network, and refuses what a fleet cannot live in, before anything is created.
 *
 * @returns what makes the network that the configuration describes, or builds on the one that it names.
 */
export async function prepareNetwork(
  config: CheckedConfig,
  place: Place,
): Promise<(kmsKeyArn: pulumi.Input<string>) => FleetNetwork> {
  const { network, region } = config;
  if (network.existing) {
    const found = await lookUp(network.existing);
    refuseConfig([...at("network.existing", checkFound(found, { region })), ...roomIn(found, config)]);
    return () => new ExistingNetwork("network", { ...network, ...place, region }, found);
  }
  const azs = network.subnets ? undefined : (network.azs ?? (await lookUpZones(fewestZones)));
  return (kmsKeyArn) => new Network("network", { ...network, ...place, region, azs, kmsKeyArn });
}

async function lookUp(wanted: WantedNetwork): Promise<FoundNetwork> {
  try {
    return await lookUpNetwork(wanted);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return refuseConfig([
      {
        path: "network.existing",
        value: wanted,
        rule: `must be there to be looked up (${said})`,
        remedy: "Correct the ids, or `aws:region`, or sign in to the account that has them",
      },
    ]);
  }
}

/**
 * Only the look-up tells how large the subnets are. What others use of them is not counted: the fleet's own addresses
 * would be among it from the second run on.
 */
function roomIn(found: FoundNetwork, config: CheckedConfig) {
  const smallest = Math.max(...found.subnets.map(({ cidr }) => prefixOf(cidr)));
  return capacityOf(config, usableAddresses(smallest), 0);
}
