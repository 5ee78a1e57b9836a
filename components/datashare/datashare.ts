import * as pulumi from "@pulumi/pulumi";
import {
  type DeclaredObjects,
  datashareFaults,
  nameFaults,
  type SharedSchema,
  undeclaredFaults,
} from "@redshift-fleet/redshift/declarations";
import { connectionOf } from "../connection";
import { checkUnique, type Fault, refuse } from "../validation";
import { databaseTarget, type WarehouseTarget } from "../warehouse-target";
import { ConsumerDatabase } from "./consumer-database";
import { DatashareGrant } from "./datashare-grant";
import { DatashareResource } from "./datashare-resource";

/** What of one schema is shared. */
export interface DatashareSchemaArgs {
  /** `all` tables and views there are at each update, or their names. @default "all" */
  readonly tables?: "all" | readonly string[];
  /** SQL functions as `name(type, type)`, or `all`. @default none; all with `includeNew` */
  readonly functions?: "all" | readonly string[];
  /** Redshift shares what is created later by itself, without an update. Needs `all`. @default false */
  readonly includeNew?: boolean;
}

export interface DatashareArgs {
  /** The warehouse whose database is the source. */
  readonly producer: WarehouseTarget;
  /** @default the component's name */
  readonly shareName?: string;
  readonly schemas: Readonly<Record<string, DatashareSchemaArgs>>;
  /** Who reads it: each gets a grant and a database of its own. */
  readonly consumers: readonly WarehouseTarget[];
  /** Name of the database on every consumer. @default the share's name */
  readonly consumerDatabase?: string;
  /** Readers are granted single objects rather than the whole database. @default false */
  readonly withPermissions?: boolean;
  /** Whether publicly accessible consumers may use it; those of a fleet never are. @default false */
  readonly publicAccessible?: boolean;
  /**
   * Changes when something has made, dropped or remade tables, such as a Schema's `revision`: then the share is brought up
   * to date, in the same update. A table that is dropped and made again is another one, which no datashare holds.
   * @default compared only when the arguments change
   */
  readonly revision?: pulumi.Input<string>;
  /** What the schema files create: makes a share of anything else an error before anything is created. */
  readonly declared?: DeclaredObjects;
}

interface Parts {
  readonly grant: DatashareGrant;
  readonly database: ConsumerDatabase;
}

/** The schemas with every default filled in. */
export function sharedSchemas(schemas: DatashareArgs["schemas"]): Record<string, SharedSchema> {
  return Object.fromEntries(
    Object.entries(schemas).map(
      ([name, { tables = "all", includeNew = false, functions = includeNew ? "all" : [] }]) => [
        name,
        {
          tables: tables === "all" ? tables : [...tables],
          functions: functions === "all" ? functions : [...functions],
          includeNew,
        },
      ],
    ),
  );
}

/** Every fault of a datashare's arguments. */
export function checkDatashare(name: string, args: DatashareArgs): Fault[] {
  const share = args.shareName ?? name;
  const schemas = sharedSchemas(args.schemas);
  const faults: Fault[] = [
    ...datashareFaults({ share, schemas, publicAccessible: args.publicAccessible ?? false }),
    ...nameFaults("consumerDatabase", "database", args.consumerDatabase ?? share),
    ...checkUnique(
      "consumers",
      args.consumers.map((consumer) => consumer.name),
      "consumer",
    ),
    ...(args.declared ? undeclaredFaults(schemas, args.declared) : []),
  ];
  if (Object.keys(schemas).length === 0) {
    faults.push({
      path: "schemas",
      value: {},
      rule: "must name a schema to share",
      remedy: 'Add one, for example { sales: { tables: "all" } }',
    });
  }
  for (const [index, { database }] of args.consumers.entries()) {
    if (database !== (args.consumerDatabase ?? share)) continue;
    faults.push({
      path: "consumerDatabase",
      value: database,
      rule: `must differ from the local database of consumers[${index}]`,
      remedy: "Choose another name for the shared database",
    });
  }
  return faults;
}

/**
 * Live data of a producer for any number of consumers, without copies: one datashare, a grant for each consumer, and a
 * database on each. Consumers come and go without touching the others. Costs nothing by itself; queries are paid where
 * they run. An existing share, grant or database that fits is adopted, not made anew.
 *
 * @example
 * new Datashare("sales", {
 *   producer: producer.target,
 *   schemas: { sales: { tables: "all", includeNew: true } },
 *   consumers: pool.members.map(({ consumer }) => consumer.target),
 * });
 */
export class Datashare extends pulumi.ComponentResource {
  public readonly shareName: pulumi.Output<string>;
  public readonly sourceDatabase: pulumi.Output<string>;
  /** Name of the database on every consumer. */
  public readonly consumerDatabase: pulumi.Output<string>;
  /** Names of the schemas, sorted. */
  public readonly schemas: pulumi.Output<string[]>;
  /** What of each schema is shared, with every default filled in. */
  public readonly objects: Readonly<Record<string, SharedSchema>>;
  public readonly withPermissions: boolean;
  private readonly parts = new Map<string, Parts>();

  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: DatashareArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:datashare:Datashare", name, {}, opts);
    refuse(`Datashare "${name}"`, checkDatashare(name, args));
    const connection = connectionOf(this);
    const { producer } = args;
    const share = new DatashareResource(
      `${name}-share`,
      {
        connection,
        target: databaseTarget(producer),
        namespaceId: producer.namespaceId,
        share: args.shareName ?? name,
        publicAccessible: args.publicAccessible ?? false,
        schemas: sharedSchemas(args.schemas),
        revision: args.revision,
      },
      { parent: this, deletedWith: producer.namespace },
    );
    for (const consumer of args.consumers) {
      this.parts.set(consumer.name, this.provide(name, args, share, consumer, connection));
    }
    this.shareName = share.share;
    this.sourceDatabase = share.sourceDatabase;
    this.consumerDatabase = pulumi.output(args.consumerDatabase ?? args.shareName ?? name);
    this.schemas = share.schemas.apply((schemas) => Object.keys(schemas).sort());
    this.objects = sharedSchemas(args.schemas);
    this.withPermissions = args.withPermissions ?? false;
    this.registerOutputs({
      shareName: this.shareName,
      sourceDatabase: this.sourceDatabase,
      consumerDatabase: this.consumerDatabase,
      schemas: this.schemas,
    });
  }

  /** Whether the consumer of that name is one of its consumers. */
  serves(consumer: string): boolean {
    return this.parts.has(consumer);
  }

  /** The shared database of one consumer; known when it exists there. */
  databaseOn(consumer: string): pulumi.Output<string> {
    return this.partsOf(consumer).database.database;
  }

  /** Changes when the share, and with it the consumer's database, is made anew. */
  incarnationOn(consumer: string): pulumi.Output<string> {
    return this.partsOf(consumer).database.incarnation;
  }

  /** Whatever exists for one consumer only: its grant and its database. */
  resourcesOn(consumer: string): pulumi.Resource[] {
    const { grant, database } = this.partsOf(consumer);
    return [grant, database];
  }

  private partsOf(consumer: string): Parts {
    const parts = this.parts.get(consumer);
    if (parts) return parts;
    throw new pulumi.RunError(
      `This datashare has no consumer ${JSON.stringify(consumer)}; it has ${[...this.parts.keys()].join(", ")}.`,
    );
  }

  private provide(
    name: string,
    args: DatashareArgs,
    share: DatashareResource,
    consumer: WarehouseTarget,
    connection: ReturnType<typeof connectionOf>,
  ): Parts {
    const { producer } = args;
    const grant = new DatashareGrant(
      `${name}-grant-${consumer.name}`,
      {
        connection,
        target: databaseTarget(producer),
        namespaceId: producer.namespaceId,
        share: share.share,
        consumerNamespaceId: consumer.namespaceId,
        shareId: share.id,
        incarnation: share.incarnation,
      },
      { parent: this, deletedWith: producer.namespace },
    );
    const database = new ConsumerDatabase(
      `${name}-database-${consumer.name}`,
      {
        connection,
        target: databaseTarget(consumer),
        namespaceId: consumer.namespaceId,
        database: args.consumerDatabase ?? args.shareName ?? name,
        share: grant.share,
        producerNamespaceId: producer.namespaceId,
        withPermissions: args.withPermissions ?? false,
        incarnation: grant.incarnation,
      },
      { parent: this, dependsOn: grant, deletedWith: consumer.namespace },
    );
    return { grant, database };
  }
}
