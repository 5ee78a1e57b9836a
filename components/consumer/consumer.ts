import * as pulumi from "@pulumi/pulumi";
import type { WarehouseKind } from "@redshift-fleet/redshift/declarations";
import { checkNamePrefix } from "../naming/names";
import { type Fault, refuse } from "../validation";
import { checkWarehouse, complete, createWarehouse, type WarehousePlace, type WarehouseSettings } from "../warehouse";
import type { WarehouseTarget } from "../warehouse-target";
import { type ConsumerAddress, createEndpoints, type EndpointPlacement } from "./endpoints";

/** What can be chosen about a consumer. */
export interface ConsumerSettings extends WarehouseSettings {
  /** @default 32 */
  readonly baseCapacity?: number;
  /** @default 64 */
  readonly maxCapacity?: number;
  /** Where it has managed endpoints. @default "everyAz" */
  readonly endpointPlacement?: EndpointPlacement;
}

/** What a consumer is made from. */
export interface ConsumerArgs extends WarehousePlace, ConsumerSettings {
  /** Which zone a single endpoint goes to, counted through the network's subnets. @default 0 */
  readonly zoneIndex?: number;
}

/** What a consumer may grow between, in RPUs, where nothing is said. */
export const consumerCapacity = { baseCapacity: 32, maxCapacity: 64 };

/** Every fault of a consumer's arguments. */
export function checkConsumer(name: string, args: Pick<ConsumerArgs, "namePrefix"> & ConsumerSettings): Fault[] {
  return checkWarehouse(name, args.namePrefix, complete(args, consumerCapacity));
}

/**
 * A warehouse that reads what the producer shares and computes on its own: the readers of one consumer never wait for
 * those of another. Pays by the second while it works; each managed endpoint costs about 0.01 USD an hour.
 *
 * @example
 * const reporting = new Consumer("reporting", { ...place, baseCapacity: 32, maxCapacity: 64 });
 */
export class Consumer extends pulumi.ComponentResource {
  public readonly kind: WarehouseKind;
  /** How the Data API reaches it, for shares and readers. */
  public readonly target: WarehouseTarget;
  /** Its name in AWS: of the workgroup and of its namespace. */
  public readonly warehouseName: string;
  public readonly host: pulumi.Output<string>;
  public readonly port: pulumi.Output<number>;
  /** One for each managed endpoint. */
  public readonly addresses: readonly ConsumerAddress[];
  /** Its addresses in the VPC: those of the managed endpoints or, without any, of the warehouse itself. */
  public readonly ipAddresses: pulumi.Output<string[]>;

  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: ConsumerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:consumer:Consumer", name, {}, opts);
    refuse(`Consumer "${name}"`, [
      ...checkNamePrefix("namePrefix", args.namePrefix, "Use"),
      ...checkConsumer(name, args),
    ]);
    const settings = complete(args, consumerCapacity);
    const warehouse = createWarehouse(this, name, {
      ...args,
      settings,
      securityGroupId: args.network.securityGroups.consumers,
    });
    this.addresses = createEndpoints(name, {
      placement: args.endpointPlacement ?? "everyAz",
      zoneIndex: args.zoneIndex ?? 0,
      subnets: args.network.warehouseSubnets,
      warehouse,
      securityGroupId: args.network.securityGroups.consumers,
    });
    this.kind = settings.kind;
    this.target = warehouse.target;
    this.warehouseName = warehouse.physicalName;
    this.host = warehouse.host;
    this.port = warehouse.port;
    this.ipAddresses =
      this.addresses.length > 0 ? pulumi.all(this.addresses.map(({ address }) => address)) : warehouse.ipAddresses;
    this.registerOutputs({ host: this.host, port: this.port, ipAddresses: this.ipAddresses });
  }
}
