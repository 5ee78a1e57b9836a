import type { Connection } from "@redshift-fleet/redshift";
import type { DatabaseTarget } from "@redshift-fleet/redshift/declarations";
import { dynamicResource } from "../lifecycle/dynamic-resource";
import { isUnknown } from "../lifecycle/lifecycle";
import { checkNamespace, placeId } from "../lifecycle/place";

export interface GrantInputs {
  connection: Connection;
  /** The producer's database. */
  target: DatabaseTarget;
  /** GUID of the producer's namespace. */
  namespaceId: string;
  share: string;
  consumerNamespaceId: string;
  /** The id of the share in the state; only looked at, not kept. */
  shareId?: string;
  /** Of the share: when it is made anew, the grant is too. */
  incarnation: string;
}

/**
 * One namespace's right to use a datashare.
 * Import id: `<producer's workgroup or cluster>/<database>/<share>/<consumer's namespace GUID>`.
 */
export class DatashareGrant extends dynamicResource<GrantInputs, GrantInputs>("grant", {
  type: "DatashareGrant",
  title: "datashare grant",
  fields: {
    connection: "compared",
    target: "compared",
    namespaceId: "identity",
    share: "identity",
    consumerNamespaceId: "identity",
    shareId: "hint",
    incarnation: "compared",
  },
  id: ({ target, share, consumerNamespaceId }) => placeId(target, share, consumerNamespaceId),

  faults: ({ namespaceId, consumerNamespaceId }) => [
    ...checkNamespace("namespaceId", namespaceId),
    ...checkNamespace("consumerNamespaceId", consumerNamespaceId),
  ],

  // In the preview of an update nothing is known that a provider makes up, but the id of what stays is. A share that is
  // only altered keeps its incarnation: its grants, and all that hangs on them, are not shown as changing with it.
  normalise: ({ shareId, ...inputs }, { incarnation }) => {
    const altered = isUnknown(inputs.incarnation) && shareId !== undefined && !isUnknown(shareId);
    return altered && incarnation !== undefined ? { ...inputs, incarnation } : inputs;
  },

  async create({ DataApi, grantDatashare }, inputs) {
    await grantDatashare(new DataApi(inputs.connection, inputs.target), inputs.share, inputs.consumerNamespaceId);
    return inputs;
  },

  async read({ DataApi, hasGrant }, state) {
    const api = new DataApi(state.connection, state.target);
    return (await hasGrant(api, state.share, state.consumerNamespaceId)) ? state : undefined;
  },

  remove: ({ DataApi, revokeDatashare }, state) =>
    revokeDatashare(new DataApi(state.connection, state.target), state.share, state.consumerNamespaceId),
}) {}
