import type { Connection } from "@redshift-fleet/redshift";
import {
  type DatabaseTarget,
  type Fault,
  type MigrationEntry,
  migrationConflicts,
  readMigrationFiles,
} from "@redshift-fleet/redshift/declarations";
import { dynamicResource } from "../lifecycle/dynamic-resource";
import { checkNamespace, placeId } from "../lifecycle/place";

export interface MigrationsInputs {
  connection: Connection;
  target: DatabaseTarget;
  namespaceId: string;
  /** Folder of the files; relative to the program's folder, so that the state is the same on every machine. */
  directory?: string;
  files: MigrationEntry[];
  /** Name of the warehouse, known at preview: another one begins empty, and the data of this one goes with it. */
  warehouse?: string;
  /** Whether the data may go. */
  replaceable?: boolean;
}

/** Refused at preview, before anything is made: nothing brings the data back afterwards. */
function replacementFaults({ warehouse, replaceable }: Partial<MigrationsInputs>, former: string | undefined): Fault[] {
  if (former === undefined || warehouse === undefined || warehouse === former || replaceable) return [];
  return [
    {
      path: "warehouse",
      value: warehouse,
      rule: `must stay ${former}, the producer by its name in AWS, which follows from producer.database, producer.adminUsername and producer.generation: a warehouse of another generation, database or administrator begins empty, and all tables, data and recovery points of ${former} are deleted with it`,
      remedy: `Take a snapshot (aws redshift-serverless create-snapshot --namespace-name ${former} --snapshot-name ${former}-last) and allow it (producer.allowReplacement: true), or take the change back`,
    },
  ];
}

/** The files as they were when the program ran; anything else would apply what nobody has previewed. */
function previewedFiles({ directory, files }: MigrationsInputs) {
  const now = directory === undefined ? [] : readMigrationFiles(directory);
  const same = now.length === files.length && now.every((file, index) => file.checksum === files[index]!.checksum);
  if (same) return now;
  throw new Error(`The schema files in ${directory} changed while the update ran: run it again to see and apply them.`);
}

/**
 * The schema files applied to one database.
 * Import id: `<workgroup or cluster>/<database>/schema`.
 */
export class SchemaMigrations extends dynamicResource<MigrationsInputs, MigrationsInputs>("migrations", {
  type: "SchemaMigrations",
  title: "schema",
  fields: {
    connection: "compared",
    target: "compared",
    namespaceId: "identity",
    directory: "ignored",
    files: "compared",
    warehouse: "compared",
    replaceable: "ignored",
  },
  id: ({ target }) => placeId(target, "schema"),

  faults: ({ namespaceId, files, ...inputs }, olds): Fault[] => [
    ...checkNamespace("namespaceId", namespaceId),
    ...replacementFaults(inputs, olds.warehouse),
    ...(files && olds.files && olds.namespaceId === namespaceId ? migrationConflicts(olds.files, files) : []),
  ],

  async create({ applyMigrations, DataApi }, inputs) {
    const files = await applyMigrations(new DataApi(inputs.connection, inputs.target), previewedFiles(inputs));
    return { ...inputs, files };
  },

  async read({ appliedMigrations, DataApi }, state) {
    const files = await appliedMigrations(new DataApi(state.connection, state.target));
    return files && { ...state, files };
  },

  // Tables and their data outlive their description; they go with their namespace.
  remove: async () => undefined,
}) {}
