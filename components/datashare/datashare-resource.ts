import { randomBytes } from "node:crypto";
import type { Connection } from "@redshift-fleet/redshift";
import { type DatabaseTarget, datashareFaults, type SharedSchema } from "@redshift-fleet/redshift/declarations";
import { dynamicResource } from "../lifecycle/dynamic-resource";
import { checkNamespace, placeId } from "../lifecycle/place";

export interface DatashareInputs {
  connection: Connection;
  target: DatabaseTarget;
  /** GUID of the producer's namespace. */
  namespaceId: string;
  share: string;
  publicAccessible: boolean;
  schemas: Record<string, SharedSchema>;
  /** Of what makes the tables: another one has the share compared with the catalog. */
  revision?: string;
  /** Made up when the share is made: grants and databases follow when it is made anew. */
  incarnation: string;
}

export interface DatashareState extends DatashareInputs {
  sourceDatabase: string;
}

/** Sorts what has no order. */
function sorted(schemas: Record<string, SharedSchema>): Record<string, SharedSchema> {
  const list = (names: SharedSchema["tables"]) => (Array.isArray(names) ? [...new Set(names)].sort() : names);
  return Object.fromEntries(
    Object.entries(schemas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => [name, { ...schema, tables: list(schema.tables), functions: list(schema.functions) }]),
  );
}

/**
 * A datashare with its schemas and objects, on the producer.
 * Import id: `<producer's workgroup or cluster>/<database>/<share>`.
 */
export class DatashareResource extends dynamicResource<DatashareInputs, DatashareState, "incarnation">("datashare", {
  type: "Datashare",
  title: "datashare",
  fields: {
    connection: "compared",
    target: "compared",
    namespaceId: "identity",
    share: "identity",
    publicAccessible: "compared",
    schemas: "compared",
    revision: "compared",
    incarnation: "computed",
    sourceDatabase: "found",
  },
  id: ({ target, share }) => placeId(target, share),

  faults: ({ namespaceId, share, publicAccessible, schemas }) => [
    ...checkNamespace("namespaceId", namespaceId),
    ...(share && schemas ? datashareFaults({ share, schemas, publicAccessible: publicAccessible ?? false }) : []),
  ],

  normalise: (inputs, olds) => ({
    ...inputs,
    schemas: sorted(inputs.schemas),
    incarnation: olds.incarnation ?? randomBytes(4).toString("hex"),
  }),

  async create({ DataApi, reconcileDatashare }, inputs) {
    const { connection, target, share, publicAccessible, schemas } = inputs;
    const state = await reconcileDatashare(new DataApi(connection, target), { share, publicAccessible, schemas });
    return { ...inputs, ...state };
  },

  async read({ DataApi, readDatashare }, state) {
    const found = await readDatashare(new DataApi(state.connection, state.target), state.share, state.schemas);
    return found && { ...state, ...found };
  },

  remove: ({ DataApi, dropDatashare }, state) =>
    dropDatashare(new DataApi(state.connection, state.target), state.share),
}) {}
