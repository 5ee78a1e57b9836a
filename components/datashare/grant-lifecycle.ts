import {
  type Connection,
  DataApi,
  type DatabaseTarget,
  grantDatashare,
  hasGrant,
  revokeDatashare,
} from "@redshift-fleet/redshift";
import { isUnknown, type Lifecycle } from "../lifecycle/lifecycle";
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

  // In the preview of an update nothing is known that a provider makes up, but the id of what stays is. A share that is
  // only altered keeps its incarnation: its grants, and all that hangs on them, are not shown as changing with it.
  normalise: ({ shareId, ...inputs }, { incarnation }) => {
    const altered = isUnknown(inputs.incarnation) && shareId !== undefined && !isUnknown(shareId);
    return altered && incarnation !== undefined ? { ...inputs, incarnation } : inputs;
  },

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
