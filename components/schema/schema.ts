import * as pulumi from "@pulumi/pulumi";
import {
  type DeclaredObjects,
  describeMigrations,
  type MigrationEntry,
  readMigrationFiles,
  schemaRevision,
} from "@redshift-fleet/redshift/declarations";
import { connectionOf } from "../connection";
import { databaseTarget, type WarehouseTarget } from "../warehouse-target";
import { SchemaMigrations } from "./schema-migrations";

export interface SchemaArgs {
  /** The warehouse and database that the files are applied to. */
  readonly target: WarehouseTarget;
  /** Folder of `<version>_<name>.sql` files, relative to the program's folder. Default: no files. */
  readonly directory?: string;
  /**
   * The warehouse's name in AWS where the program makes it: then a preview refuses to replace it by another, empty one.
   * @default anything may happen to it
   */
  readonly warehouse?: string;
  /** Whether it may be replaced all the same, and its data deleted. @default false */
  readonly replaceable?: boolean;
}

/**
 * Versioned SQL files, applied once each, in order, each in one transaction. A file that was applied stays as it is:
 * changes go into new files. Deleting the component leaves tables and data in place.
 */
export class Schema extends pulumi.ComponentResource {
  /** What was applied, in order. */
  public readonly applied: pulumi.Output<MigrationEntry[]>;
  /**
   * Another text whenever other files are applied, for a Datashare's `revision`. Known at preview, and resolved when the
   * files are applied.
   */
  public readonly revision: pulumi.Output<string>;
  /** What the files create: schema → table or view → whether it can be shared. */
  public readonly declared: DeclaredObjects;

  /** @throws MigrationFilesError with every fault of the files, before anything is created. */
  constructor(name: string, args: SchemaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:schema:Schema", name, {}, opts);
    const files = args.directory === undefined ? [] : readMigrationFiles(args.directory);
    this.declared = describeMigrations(files);
    this.applied = new SchemaMigrations(
      `${name}-files`,
      {
        connection: connectionOf(this),
        target: databaseTarget(args.target),
        namespaceId: args.target.namespaceId,
        directory: args.directory,
        warehouse: args.warehouse,
        replaceable: args.replaceable ?? false,
        files: files.map(({ version, name, checksum }) => ({ version, name, checksum })),
      },
      { parent: this, deletedWith: args.target.namespace },
    ).files;
    this.revision = this.applied.apply(schemaRevision);
    this.registerOutputs({ applied: this.applied });
  }
}
