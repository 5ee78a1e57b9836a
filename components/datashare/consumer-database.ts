import type { Connection } from "@redshift-fleet/redshift";
import { type DatabaseTarget, nameFaults } from "@redshift-fleet/redshift/declarations";
import { dynamicResource } from "../lifecycle/dynamic-resource";
import { isUnknown } from "../lifecycle/lifecycle";
import { checkNamespace, placeId } from "../lifecycle/place";

export interface ConsumerDatabaseInputs {
  connection: Connection;
  /** The consumer's local database. */
  target: DatabaseTarget;
  /** GUID of the consumer's namespace. */
  namespaceId: string;
  database: string;
  share: string;
  producerNamespaceId: string;
  withPermissions: boolean;
  /** Of the share: when it is made anew, the database is too. */
  incarnation: string;
}

/**
 * One consumer's database over a datashare.
 * Import id: `<consumer's workgroup or cluster>/<local database>/<shared database>`.
 */
export class ConsumerDatabase extends dynamicResource<ConsumerDatabaseInputs, ConsumerDatabaseInputs>(
  "consumerDatabase",
  {
    type: "ConsumerDatabase",
    title: "consumer database",
    fields: {
      connection: "compared",
      target: "compared",
      namespaceId: "identity",
      database: "identity",
      share: "identity",
      producerNamespaceId: "identity",
      withPermissions: "identity",
      incarnation: "compared",
    },
    id: ({ target, database }) => placeId(target, database),

    faults: ({ namespaceId, producerNamespaceId, database }) => [
      ...checkNamespace("namespaceId", namespaceId),
      ...checkNamespace("producerNamespaceId", producerNamespaceId),
      ...(database === undefined ? [] : nameFaults("database", "database", database)),
    ],

    // Two databases of one name cannot stand side by side in a namespace; nor, as far as is known, two of one datashare.
    collides: (state, inputs) =>
      !isUnknown(inputs.namespaceId) &&
      state.namespaceId === inputs.namespaceId &&
      (state.database === inputs.database ||
        (state.share === inputs.share && state.producerNamespaceId === inputs.producerNamespaceId)),

    async create({ DataApi, ensureConsumerDatabase }, inputs) {
      const { database, share, producerNamespaceId, withPermissions } = inputs;
      await ensureConsumerDatabase(new DataApi(inputs.connection, inputs.target), {
        database,
        share,
        producerNamespaceId,
        withPermissions,
      });
      return inputs;
    },

    async read({ DataApi, readConsumerDatabase }, state) {
      const found = await readConsumerDatabase(new DataApi(state.connection, state.target), state.database);
      // Without a link the share is not granted now; that is the grant's drift, not the database's.
      return found && { ...state, ...found.source };
    },

    remove: ({ DataApi, dropConsumerDatabase }, state) =>
      dropConsumerDatabase(new DataApi(state.connection, state.target), state.database),
  },
) {}
