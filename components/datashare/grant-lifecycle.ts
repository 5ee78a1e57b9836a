import {
  type Connection,
  DataApi,
  type DatabaseTarget,
  grantDatashare,
  hasGrant,
  revokeDatashare,
} from "@redshift-fleet/redshift";
import type { Lifecycle } from "../lifecycle/lifecycle";
import { checkNamespace, placeId } from "../lifecycle/place";

export interface GrantInputs {
  connection: Connection;
  /** The producer's database. */
  target: DatabaseTarget;
  /** GUID of the producer's namespace. */
  namespaceId: string;
  share: string;
  consumerNamespaceId: string;
  /** Of the share: when it is made anew, the grant is too. */
  incarnation: string;
}

/** One namespace's right to use one datashare. */
export const grantLifecycle: Lifecycle<GrantInputs, GrantInputs> = {
  title: "datashare grant",
  inputs: ["connection", "target", "namespaceId", "share", "consumerNamespaceId", "incarnation"],
  identity: ["namespaceId", "share", "consumerNamespaceId"],
  id: ({ target, share, consumerNamespaceId }) => placeId(target, share, consumerNamespaceId),

  faults: ({ namespaceId, consumerNamespaceId }) => [
    ...checkNamespace("namespaceId", namespaceId),
    ...checkNamespace("consumerNamespaceId", consumerNamespaceId),
  ],

  async create(inputs) {
    await grantDatashare(new DataApi(inputs.connection, inputs.target), inputs.share, inputs.consumerNamespaceId);
    return inputs;
  },

  async read(state) {
    const api = new DataApi(state.connection, state.target);
    return (await hasGrant(api, state.share, state.consumerNamespaceId)) ? state : undefined;
  },

  update: (_state, inputs) => grantLifecycle.create(inputs),

  remove: (state) =>
    revokeDatashare(new DataApi(state.connection, state.target), state.share, state.consumerNamespaceId),
};
