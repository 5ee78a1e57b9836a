import type * as pulumi from "@pulumi/pulumi";
import {
  ExistingNetwork,
  type FleetNetwork,
  Network,
  type PlacementInputs,
  plan,
  producerIdentity,
} from "@redshift-fleet/components";
import type { Account } from "./account";
import { endpointRoom } from "./config/quota-rules";
import type { StackConfig } from "./config/read";

/** Makes the network that the configuration describes, or builds on the one that it names. */
export function makeNetwork(stack: StackConfig, kmsKeyArn: pulumi.Input<string>): FleetNetwork {
  const { found, zones, namePrefix, tags } = stack;
  const { network, region } = stack.config;
  const place = { namePrefix, tags, region };
  if (found) return new ExistingNetwork("network", { ...network, ...place }, found);
  return new Network("network", { ...network, ...place, ...zones, kmsKeyArn });
}

/** Where all of it is, for the next preview to compare. */
export function placementOf(stack: StackConfig, { accountId }: Account): PlacementInputs {
  const { config, found, zones, namePrefix, places } = stack;
  const { network, region, pool, producer } = config;
  const where = ({ az, cidr }: { readonly az: string; readonly cidr: string }) => ({ az, cidr });
  const subnets = (found?.subnets ?? plan({ ...network, ...zones })).map(where);
  const own = found ? found.warehouseSubnets : zones.warehouseSubnets;
  return {
    accountId,
    region,
    namePrefix,
    vpc: found?.vpcId ?? network.cidr,
    subnets,
    warehouseSubnets: own?.map(where) ?? subnets,
    balanced: pool.size > 0,
    ...endpointRoom(config),
    producer: producerIdentity(namePrefix, producer),
    replaceable: producer.allowReplacement,
    places,
  };
}
