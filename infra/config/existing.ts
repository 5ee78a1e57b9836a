import { at, checkFound, type Fault, type FoundNetwork, lookUpNetwork } from "@redshift-fleet/components";
import { prefixOf, usableAddresses } from "@redshift-fleet/redshift/declarations";
import type { CheckedConfig } from "./parse";
import { capacityOf } from "./rules";
import { excludedZone } from "./zones";

/** What the look-ups said of the network that a configuration names, and what is wrong with it. */
export interface LookedUp {
  readonly found?: FoundNetwork;
  readonly faults: readonly Fault[];
}

/** Looks up the VPC and subnets that a configuration names. Does nothing where it names none, or no Region. */
export async function lookUpExisting(config: CheckedConfig): Promise<LookedUp> {
  const { region } = config;
  const wanted = config.network.existing;
  if (!wanted || region === "") return { faults: [] };
  try {
    const found = await lookUpNetwork(wanted);
    const excluded = [
      ...excludedIn("subnetIds", found.subnets, config),
      ...excludedIn("warehouseSubnetIds", found.warehouseSubnets ?? [], config),
    ];
    return {
      found,
      faults: [...at("network.existing", checkFound(found, { region })), ...excluded, ...roomIn(found, config)],
    };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const fault = {
      path: "network.existing",
      value: wanted,
      rule: `must be there to be looked up (${said})`,
      remedy: "Correct the ids, or `aws:region`, or sign in to the account that has them",
    };
    return { faults: [fault] };
  }
}

function excludedIn(list: string, subnets: FoundNetwork["subnets"], { network }: CheckedConfig): Fault[] {
  return subnets.flatMap(({ id, az, azId = "" }, index) =>
    network.excludeZoneIds.includes(azId)
      ? [excludedZone(`network.existing.${list}[${index}]`, id, { name: az, id: azId })]
      : [],
  );
}

/**
 * Only the look-up tells how large the subnets are. What others use of them is not counted: the fleet's own addresses
 * would be among it from the second run on.
 */
function roomIn(found: FoundNetwork, config: CheckedConfig): Fault[] {
  const subnets = found.warehouseSubnets ?? found.subnets;
  if (subnets.length === 0) return [];
  const smallest = Math.max(...subnets.map(({ cidr }) => prefixOf(cidr)));
  return capacityOf(config, usableAddresses(smallest), 0);
}
