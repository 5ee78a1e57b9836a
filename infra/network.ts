import type * as pulumi from "@pulumi/pulumi";
import { ExistingNetwork, type FleetNetwork, Network } from "@redshift-fleet/components";
import type { StackConfig } from "./config/read";

/** Makes the network that the configuration describes, or builds on the one that it names. */
export function makeNetwork(stack: StackConfig, kmsKeyArn: pulumi.Input<string>): FleetNetwork {
  const { found, zones, namePrefix, tags } = stack;
  const { network, region } = stack.config;
  const place = { namePrefix, tags, region };
  if (found) return new ExistingNetwork("network", { ...network, ...place }, found);
  return new Network("network", { ...network, ...place, azs: zones.azs, subnets: zones.subnets, kmsKeyArn });
}
