import * as pulumi from "@pulumi/pulumi";
import type { DatabaseTarget } from "@redshift-fleet/redshift";

interface Warehouse {
  /** Name within the fleet: `producer`, `pool-1`, `analytics`. Becomes part of the names of child resources. */
  name: string;
  /** GUID of the namespace. */
  namespaceId: pulumi.Input<string>;
  /** The local database that SQL runs in. */
  database: pulumi.Input<string>;
  /** Secret with the admin's `username` and `password`. */
  adminSecretArn: pulumi.Input<string>;
  /**
   * What takes everything inside along when it is deleted: then nothing in the warehouse is taken down one by one, and
   * nothing in it can stand in the way. Left out for a warehouse that stays when the fleet goes.
   */
  namespace?: pulumi.Resource;
}

/** A warehouse that SQL can be sent to through the Redshift Data API: a serverless workgroup or a provisioned cluster. */
export type WarehouseTarget = Warehouse &
  (
    | { kind?: "serverless"; workgroupName: pulumi.Input<string>; clusterIdentifier?: undefined }
    | { kind?: "provisioned"; clusterIdentifier: pulumi.Input<string>; workgroupName?: undefined }
  );

/** The target as the Data API needs it. */
export function databaseTarget(target: WarehouseTarget): pulumi.Output<DatabaseTarget> {
  return pulumi
    .all([target.workgroupName, target.clusterIdentifier, target.database, target.adminSecretArn])
    .apply(([workgroupName, clusterIdentifier, database, secretArn]) => ({
      ...(workgroupName ? { workgroupName } : { clusterIdentifier }),
      database,
      secretArn,
    }));
}
