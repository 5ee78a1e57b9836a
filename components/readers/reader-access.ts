import type { AccessContext, AccessState, Connection } from "@redshift-fleet/redshift";
import {
  type AccessDefinition,
  canonicalAccess,
  type DatabaseTarget,
  type PasswordDigest,
} from "@redshift-fleet/redshift/declarations";
import { dynamicResource } from "../lifecycle/dynamic-resource";
import type { Operations } from "../lifecycle/lifecycle";
import { checkNamespace, placeId } from "../lifecycle/place";

export interface AccessInputs {
  connection: Connection;
  /** The consumer's local database. */
  target: DatabaseTarget;
  /** GUID of the consumer's namespace. */
  namespaceId: string;
  access: AccessDefinition;
  /** User → ARN of the secret with the password. */
  secretArns: Record<string, string>;
  /** User → number whose change sets the password anew. */
  passwordGenerations: Record<string, number>;
  /**
   * What passwords are set as. No catalog shows it, so it is remembered here: a change, and a state from before it was
   * remembered, sets the same passwords anew.
   */
  passwordDigest: PasswordDigest;
  /** Of the shares behind the databases: when one is made anew, the grants on its database are too. */
  incarnations: string[];
}

export interface AccessResourceState extends AccessInputs {
  /** Users whose secret does not open this consumer any more. */
  lockedOut: string[];
  /** Whether everybody may create objects in schema `public`; states from before this was looked at do not say. */
  publicMayCreate?: boolean;
}

function context({ DataApi, secretsClient }: Operations, inputs: AccessInputs): AccessContext {
  const { connection, target, secretArns, passwordDigest } = inputs;
  return {
    admin: new DataApi(connection, target),
    login: (secretArn) => new DataApi(connection, { ...target, secretArn }),
    secrets: secretsClient(connection),
    secretArns,
    passwordDigest,
  };
}

function merged(inputs: AccessInputs, { lockedOut, publicMayCreate, ...access }: AccessState): AccessResourceState {
  return { ...inputs, access, lockedOut, publicMayCreate };
}

/**
 * Roles, users and their rights on one consumer.
 * Import id: `<consumer's workgroup or cluster>/<local database>/readers`.
 */
export class ReaderAccess extends dynamicResource<AccessInputs, AccessResourceState>("access", {
  type: "ReaderAccess",
  title: "reader access",
  fields: {
    connection: "compared",
    target: "compared",
    namespaceId: "identity",
    access: "compared",
    secretArns: "compared",
    passwordGenerations: "compared",
    passwordDigest: "compared",
    incarnations: "compared",
    lockedOut: "found",
    publicMayCreate: "found",
  },
  id: ({ target }) => placeId(target, "readers"),
  faults: ({ namespaceId }) => checkNamespace("namespaceId", namespaceId),
  normalise: (inputs) => ({ ...inputs, access: canonicalAccess(inputs.access) }),
  needsRepair: (state) => state.lockedOut.length > 0 || state.publicMayCreate !== false,

  async create(redshift, inputs) {
    // Users may be there from an update that was cut short: nobody remembers what their passwords were set as.
    return merged(
      inputs,
      await redshift.reconcileAccess(context(redshift, inputs), inputs.access, { resetPasswords: "all" }),
    );
  },

  async read(redshift, state) {
    const found = await redshift.readAccess(context(redshift, state), state.access);
    return found && merged(state, found);
  },

  async update(redshift, state, inputs) {
    const regenerated = Object.keys(inputs.passwordGenerations).filter(
      (user) => state.passwordGenerations[user] !== inputs.passwordGenerations[user],
    );
    const sameDigest = state.passwordDigest === inputs.passwordDigest;
    const options = { former: state.access, resetPasswords: sameDigest ? regenerated : ("all" as const) };
    return merged(inputs, await redshift.reconcileAccess(context(redshift, inputs), inputs.access, options));
  },

  remove: (redshift, state) => redshift.removeAccess(context(redshift, state), state.access),
}) {}
