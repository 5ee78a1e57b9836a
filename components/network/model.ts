import type * as pulumi from "@pulumi/pulumi";

/** A subnet that warehouses are placed in. */
export interface FleetSubnet {
  /** Tells it from the network's others in the names of what is placed in it. */
  readonly key: string;
  /** Availability Zone by name; known at preview, because it decides how many endpoints there are. */
  readonly az: string;
  /** Its addresses in CIDR notation. */
  readonly cidr: string;
  readonly id: pulumi.Output<string>;
}

/** The security groups of a fleet; each is what rules of the others refer to. */
export interface FleetSecurityGroups {
  /** Attach it to what may connect: applications, BI tools, loaders. */
  readonly clients: pulumi.Output<string>;
  readonly balancer: pulumi.Output<string>;
  readonly consumers: pulumi.Output<string>;
  readonly producer: pulumi.Output<string>;
}

/** What the other components need of a network, whether it was made here or before. */
export interface FleetNetwork {
  readonly vpcId: pulumi.Output<string>;
  /** One subnet for each Availability Zone, in a stable order: the balancer's, which cannot leave them. */
  readonly subnets: readonly FleetSubnet[];
  /** Those of warehouses and their endpoints, which can move to others: the same ones unless there are some of their own. */
  readonly warehouseSubnets: readonly FleetSubnet[];
  readonly securityGroups: FleetSecurityGroups;
}

/** What both kinds of network are told. */
export interface NetworkBasics {
  /** AWS Region, such as `us-east-1`. */
  readonly region: string;
  /** The port of every warehouse and of the balancer. @default 5439 */
  readonly port?: number;
  /** Blocks outside the clients' security group that may connect too: offices, peered VPCs. @default none */
  readonly clientCidrs?: readonly string[];
  /** The longest prefix that a subnet may have, that is, the smallest subnet. @default 23 */
  readonly longestPrefix?: number;
  /** Put on everything that takes tags. */
  readonly tags?: Readonly<Record<string, string>>;
}
