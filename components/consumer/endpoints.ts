import { EndpointAccess } from "@pulumi/aws/redshiftserverless";
import type * as pulumi from "@pulumi/pulumi";
import { endpointName } from "../naming/names";
import type { FleetSubnet } from "../network";

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
  readonly warehouse: string;
  readonly workgroupName: pulumi.Input<string>;
  /** The last operation on the workgroup before them. */
  readonly after: pulumi.Resource;
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
export function createEndpoints(parent: pulumi.Resource, name: string, args: EndpointArgs): ConsumerAddress[] {
  const before = [args.after];
  return placed(args).map((subnet) => {
    const endpoint = new EndpointAccess(
      `${name}-${subnet.key}`,
      {
        endpointName: endpointName(args.warehouse, name, `${subnet.az} ${subnet.cidr}`),
        workgroupName: args.workgroupName,
        subnetIds: [subnet.id],
        vpcSecurityGroupIds: [args.securityGroupId],
      },
      { parent, dependsOn: [...before] },
    );
    before.push(endpoint);
    return { az: subnet.az, key: subnet.key, address: onlyAddress(endpoint), endpoint };
  });
}

function onlyAddress(endpoint: EndpointAccess): pulumi.Output<string> {
  return endpoint.vpcEndpoints.apply((vpcEndpoints) => {
    const address = vpcEndpoints[0]?.networkInterfaces[0]?.privateIpAddress;
    if (!address)
      throw new Error("The managed endpoint has no network interface yet: refresh the stack and try again.");
    return address;
  });
}
