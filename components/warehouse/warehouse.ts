import type { EndpointAccessArgs, NamespaceArgs, UsageLimitArgs, WorkgroupArgs } from "@pulumi/aws/redshiftserverless";
import type * as pulumi from "@pulumi/pulumi";
import type { Fault, WarehouseKind } from "@redshift-fleet/redshift/declarations";
import type { FleetNetwork } from "../network";
import type { Transform } from "../transform";
import type { WarehouseTarget } from "../warehouse-target";
import { checkServerless } from "./checks";
import { createServerless } from "./serverless";
import type { CompleteSettings } from "./settings";

/** What a warehouse is placed in and protected with, whatever it is for. */
export interface WarehousePlace {
  /** Start of the names of cloud resources, unique in account and Region: `<project>-<stack>`. */
  readonly namePrefix: string;
  readonly network: Pick<FleetNetwork, "warehouseSubnets" | "securityGroups">;
  /** ARN of the key that encrypts data and passwords. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Put on everything that takes tags. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Other arguments or options for what the warehouse is made of. */
  readonly transform?: WarehouseTransform;
}

/** By the part of a serverless warehouse. */
interface WarehouseTransform {
  readonly namespace?: Transform<NamespaceArgs>;
  readonly workgroup?: Transform<WorkgroupArgs>;
  readonly usageLimit?: Transform<UsageLimitArgs>;
  /** Each of its managed endpoints. */
  readonly endpoint?: Transform<EndpointAccessArgs>;
}

export interface WarehouseArgs extends WarehousePlace {
  readonly settings: CompleteSettings;
  readonly securityGroupId: pulumi.Input<string>;
  readonly iamRoleArns?: pulumi.Input<string>[];
}

/** Where a managed endpoint of a warehouse is. */
interface EndpointPlace {
  readonly endpointName: string;
  readonly subnetId: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
}

/** A warehouse of any kind, and how to reach it. */
export interface Warehouse {
  /** Its name in AWS; known at preview. */
  readonly physicalName: string;
  /** After it the next operation on the warehouse may begin. */
  readonly settled: pulumi.Resource;
  readonly target: WarehouseTarget;
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** Its own addresses in the VPC. */
  readonly ipAddresses: pulumi.Output<string[]>;
  /** Makes a Redshift-managed VPC endpoint, a child of the warehouse's component. */
  createEndpoint(
    name: string,
    place: EndpointPlace,
    opts: pulumi.CustomResourceOptions,
  ): { resource: pulumi.Resource; address: pulumi.Output<string> };
}

interface Kind {
  check(name: string, namePrefix: string, settings: CompleteSettings): Fault[];
  create(parent: pulumi.ComponentResource, name: string, args: WarehouseArgs): Warehouse;
}

/** The kinds that can be made: everything that a kind has of its own begins here. */
const kinds: Partial<Readonly<Record<WarehouseKind, Kind>>> = {
  serverless: { check: checkServerless, create: createServerless },
};

/** Every fault of a warehouse's settings and of its name. */
export function checkWarehouse(name: string, namePrefix: string, settings: CompleteSettings): Fault[] {
  return kinds[settings.kind]?.check(name, namePrefix, settings) ?? [kindFault(settings.kind)];
}

/** Makes a warehouse of the kind that its settings say; the only way to one. */
export function createWarehouse(parent: pulumi.ComponentResource, name: string, args: WarehouseArgs): Warehouse {
  const kind = kinds[args.settings.kind];
  if (!kind) throw new Error(`Warehouse ${name} cannot be made: ${kindFault(args.settings.kind).rule}`);
  return kind.create(parent, name, args);
}

function kindFault(kind: string): Fault {
  const known = Object.keys(kinds).join(" or ");
  return {
    path: "kind",
    value: kind,
    rule: `must be ${known}: warehouses of other kinds cannot be made yet`,
    remedy: `Use ${known}, or leave it out`,
  };
}
