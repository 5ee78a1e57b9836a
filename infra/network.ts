import type * as pulumi from "@pulumi/pulumi";
import { ExistingNetwork, type FleetNetwork, fewestZones, Network } from "@redshift-fleet/components";
import { lookUpZones } from "./account";
import type { StackConfig } from "./config/read";

/**
 * Looks up the Availability Zones where none are named.
 *
 * @returns what makes the network that the configuration describes, or builds on the one that it names.
 */
export async function prepareNetwork(stack: StackConfig): Promise<(kmsKeyArn: pulumi.Input<string>) => FleetNetwork> {
  const { found, namePrefix, tags } = stack;
  const { network, region } = stack.config;
  const place = { namePrefix, tags, region };
  if (found) return () => new ExistingNetwork("network", { ...network, ...place }, found);
  const azs = network.subnets ? undefined : (network.azs ?? (await lookUpZones(fewestZones)));
  return (kmsKeyArn) => new Network("network", { ...network, ...place, azs, kmsKeyArn });
}
