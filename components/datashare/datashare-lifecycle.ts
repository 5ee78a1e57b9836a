import { randomBytes } from "node:crypto";
import {
  type Connection,
  DataApi,
  type DatabaseTarget,
  datashareFaults,
  dropDatashare,
  readDatashare,
  reconcileDatashare,
  type SharedSchema,
} from "@redshift-fleet/redshift";
import type { Lifecycle } from "../lifecycle/lifecycle";
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
  incarnation?: string;
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

/** One datashare on its producer. */
export const datashareLifecycle: Lifecycle<DatashareInputs, DatashareState> = {
  title: "datashare",
  inputs: ["connection", "target", "namespaceId", "share", "publicAccessible", "schemas", "revision", "incarnation"],
  identity: ["namespaceId", "share"],
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

  async create(inputs) {
    const { connection, target, share, publicAccessible, schemas } = inputs;
    const state = await reconcileDatashare(new DataApi(connection, target), { share, publicAccessible, schemas });
    return { ...inputs, ...state };
  },

  async read(state) {
    const found = await readDatashare(new DataApi(state.connection, state.target), state.share, state.schemas);
    return found && { ...state, ...found };
  },

  update: (_state, inputs) => datashareLifecycle.create(inputs),

  remove: (state) => dropDatashare(new DataApi(state.connection, state.target), state.share),
};
