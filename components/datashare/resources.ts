import type * as pulumi from "@pulumi/pulumi";
import type { Connection, DatabaseTarget } from "@redshift-fleet/redshift";
import { LifecycleResource } from "../lifecycle/resource";
import type { ConsumerDatabaseInputs } from "./consumer-database-lifecycle";
import type { DatashareInputs } from "./datashare-lifecycle";
import type { GrantInputs } from "./grant-lifecycle";

/** A value of the cloud, or an object of such values. */
export type Given<T> = { [K in keyof T]: pulumi.Input<T[K]> };

/** What the Data API connects to, known or not. */
export type GivenTarget = pulumi.Input<DatabaseTarget>;
export type GivenConnection = pulumi.Input<Connection>;

/**
 * A datashare with its schemas and objects, on the producer.
 * Import id: `<producer's workgroup or cluster>/<database>/<share>`.
 */
export class DatashareResource extends LifecycleResource {
  public readonly share!: pulumi.Output<string>;
  public readonly schemas!: pulumi.Output<DatashareInputs["schemas"]>;
  public readonly sourceDatabase!: pulumi.Output<string>;
  public readonly incarnation!: pulumi.Output<string>;

  constructor(name: string, args: Omit<Given<DatashareInputs>, "incarnation">, opts?: pulumi.CustomResourceOptions) {
    super("datashare", "Datashare", name, { ...args, incarnation: undefined, sourceDatabase: undefined }, opts);
  }
}

/**
 * One namespace's right to use a datashare.
 * Import id: `<producer's workgroup or cluster>/<database>/<share>/<consumer's namespace GUID>`.
 */
export class DatashareGrant extends LifecycleResource {
  public readonly share!: pulumi.Output<string>;
  public readonly consumerNamespaceId!: pulumi.Output<string>;
  public readonly incarnation!: pulumi.Output<string>;

  constructor(name: string, args: Given<GrantInputs>, opts?: pulumi.CustomResourceOptions) {
    super("grant", "DatashareGrant", name, { ...args }, opts);
  }
}

/**
 * One consumer's database over a datashare.
 * Import id: `<consumer's workgroup or cluster>/<local database>/<shared database>`.
 */
export class ConsumerDatabase extends LifecycleResource {
  public readonly database!: pulumi.Output<string>;
  public readonly incarnation!: pulumi.Output<string>;

  constructor(name: string, args: Given<ConsumerDatabaseInputs>, opts?: pulumi.CustomResourceOptions) {
    super("consumerDatabase", "ConsumerDatabase", name, { ...args }, opts);
  }
}
