import * as pulumi from "@pulumi/pulumi";
import type { WarehouseKind } from "@redshift-fleet/redshift/declarations";
import { checkNamePrefix, warehouseName } from "../naming/names";
import { type Fault, refuse } from "../validation";
import { checkWarehouse, complete, createWarehouse, type WarehousePlace, type WarehouseSettings } from "../warehouse";
import type { WarehouseTarget } from "../warehouse-target";
import { checkS3, createS3Role, type S3Access, wantsS3 } from "./s3-role";

/** What a producer is made from. */
export interface ProducerArgs extends WarehousePlace, WarehouseSettings {
  /** @default 32 */
  readonly baseCapacity?: number;
  /** @default 256 */
  readonly maxCapacity?: number;
  /** Buckets that COPY and UNLOAD may use. @default none, and no role */
  readonly s3?: S3Access;
  /** The account, partition and Region that the role for S3 belongs to. */
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
}

/** What a producer may grow between, in RPUs, where nothing is said. */
export const producerCapacity = { baseCapacity: 32, maxCapacity: 256 };

/** What makes it this producer and no other, from which its name in AWS follows. */
export function producerIdentity(
  namePrefix: string,
  {
    database,
    adminUsername,
    generation,
  }: Required<Pick<WarehouseSettings, "database" | "adminUsername" | "generation">>,
  name = "producer",
) {
  return {
    warehouse: warehouseName(namePrefix, name, [database, adminUsername, generation]),
    database,
    adminUsername,
    generation,
  };
}

/** Every fault of a producer's arguments. */
export function checkProducer(
  name: string,
  args: Pick<ProducerArgs, "namePrefix" | "s3"> & WarehouseSettings,
): Fault[] {
  return [...checkWarehouse(name, args.namePrefix, complete(args, producerCapacity)), ...checkS3(args.s3)];
}

/**
 * The warehouse that everything is written to and that all others read live. Pays by the second while it works
 * (RPUs × price of an RPU-hour) and for its storage; idle it costs storage only.
 *
 * @example
 * const producer = new Producer("producer", { ...place, ...account, s3: { read: ["my-bucket/landing/*"] } });
 */
export class Producer extends pulumi.ComponentResource {
  public readonly kind: WarehouseKind;
  /** How the Data API reaches it, for shares, schemas and readers. */
  public readonly target: WarehouseTarget;
  /** Its name in AWS: of the workgroup and of its namespace. */
  public readonly warehouseName: string;
  public readonly host: pulumi.Output<string>;
  public readonly port: pulumi.Output<number>;

  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: ProducerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:producer:Producer", name, {}, opts);
    refuse(`Producer "${name}"`, [
      ...checkNamePrefix("namePrefix", args.namePrefix, "Use"),
      ...checkProducer(name, args),
    ]);
    const role = wantsS3(args.s3)
      ? createS3Role(this, `${name}-s3`, {
          access: args.s3,
          accountId: args.accountId,
          partition: args.partition,
          region: args.region,
          kmsKeyArn: args.kmsKeyArn,
          tags: { ...args.tags },
        })
      : undefined;
    const settings = complete(args, producerCapacity);
    const warehouse = createWarehouse(this, name, {
      ...args,
      settings,
      securityGroupId: args.network.securityGroups.producer,
      iamRoleArns: role ? [role.arn] : [],
    });
    this.kind = settings.kind;
    this.target = warehouse.target;
    this.warehouseName = warehouse.physicalName;
    this.host = warehouse.host;
    this.port = warehouse.port;
    this.registerOutputs({ host: this.host, port: this.port, namespaceId: warehouse.target.namespaceId });
  }
}
