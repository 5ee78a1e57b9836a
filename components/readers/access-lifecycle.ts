import {
  type AccessContext,
  type AccessDefinition,
  type AccessState,
  type Connection,
  canonicalAccess,
  DataApi,
  type DatabaseTarget,
  type PasswordDigest,
  readAccess,
  reconcileAccess,
  removeAccess,
  secretsClient,
} from "@redshift-fleet/redshift";
import type { Lifecycle } from "../lifecycle/lifecycle";
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

function context(inputs: AccessInputs): AccessContext {
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

/** Roles, users and their rights on one consumer. */
export const accessLifecycle: Lifecycle<AccessInputs, AccessResourceState> = {
  title: "reader access",
  inputs: [
    "connection",
    "target",
    "namespaceId",
    "access",
    "secretArns",
    "passwordGenerations",
    "passwordDigest",
    "incarnations",
  ],
  identity: ["namespaceId"],
  id: ({ target }) => placeId(target, "readers"),
  faults: ({ namespaceId }) => checkNamespace("namespaceId", namespaceId),
  normalise: (inputs) => ({ ...inputs, access: canonicalAccess(inputs.access) }),
  needsRepair: (state) => state.lockedOut.length > 0 || state.publicMayCreate !== false,

  async create(inputs) {
    // Users may be there from an update that was cut short: nobody remembers what their passwords were set as.
    return merged(inputs, await reconcileAccess(context(inputs), inputs.access, { resetPasswords: "all" }));
  },

  async read(state) {
    const found = await readAccess(context(state), state.access);
    return found && merged(state, found);
  },

  async update(state, inputs) {
    const regenerated = Object.keys(inputs.passwordGenerations).filter(
      (user) => state.passwordGenerations[user] !== inputs.passwordGenerations[user],
    );
    const sameDigest = state.passwordDigest === inputs.passwordDigest;
    const options = { former: state.access, resetPasswords: sameDigest ? regenerated : ("all" as const) };
    return merged(inputs, await reconcileAccess(context(inputs), inputs.access, options));
  },

  remove: (state) => removeAccess(context(state), state.access),
};
