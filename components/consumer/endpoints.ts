import type * as pulumi from "@pulumi/pulumi";
import { endpointName } from "../naming/names";
import type { FleetSubnet } from "../network";
import type { Warehouse } from "../warehouse";

/** Where a consumer has managed endpoints: in every zone, in one (where an account's quota bites), or nowhere. */
export type EndpointPlacement = "everyAz" | "oneAz" | "none";

/** The address of a consumer in one Availability Zone. */
export interface ConsumerAddress {
  /** Known at preview, so that the number of a balancer's targets is too. */
  readonly az: string;
  /** Tells its subnet from the network's others. */
  readonly key: string;
  readonly address: pulumi.Output<string>;
  /** What has to exist as long as somebody may use the address. */
  readonly endpoint: pulumi.Resource;
}

interface EndpointArgs {
  readonly placement: EndpointPlacement;
  /** Which of the zones to begin with; consumers with one endpoint are spread over the zones by it. */
  readonly zoneIndex: number;
  readonly subnets: readonly FleetSubnet[];
  readonly warehouse: Pick<Warehouse, "physicalName" | "settled" | "createEndpoint">;
  readonly securityGroupId: pulumi.Input<string>;
}

/** The subnets that endpoints are placed in. */
export function placed(args: Pick<EndpointArgs, "placement" | "zoneIndex" | "subnets">): readonly FleetSubnet[] {
  if (args.placement === "none") return [];
  if (args.placement === "everyAz") return args.subnets;
  const subnet = args.subnets[args.zoneIndex % args.subnets.length];
  return subnet ? [subnet] : [];
}

/**
 * One Redshift-managed VPC endpoint in each subnet. Given several subnets the service would choose one by itself: only
 * an endpoint with a single subnet has its zone, and the number of addresses, settled at preview. They are made, and go,
 * one after the other: AWS refuses a second operation on a workgroup, and the provider does not try it again. Each comes
 * after all before it, so that this holds for those that go while one between them stays.
 */
export function createEndpoints(name: string, args: EndpointArgs): ConsumerAddress[] {
  const { warehouse, securityGroupId } = args;
  const before = [warehouse.settled];
  return placed(args).map((subnet) => {
    const { resource, address } = warehouse.createEndpoint(
      `${name}-${subnet.key}`,
      {
        endpointName: endpointName(warehouse.physicalName, name, `${subnet.az} ${subnet.cidr}`),
        subnetId: subnet.id,
        securityGroupId,
      },
      { dependsOn: [...before] },
    );
    before.push(resource);
    return { az: subnet.az, key: subnet.key, address, endpoint: resource };
  });
}
