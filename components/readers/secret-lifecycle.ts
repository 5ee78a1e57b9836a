import {
  type Connection,
  deleteReaderSecret,
  ensureReaderSecret,
  isSameKey,
  type ReaderSecretState,
  readReaderSecret,
  secretsClient,
} from "@redshift-fleet/redshift";
import type { Lifecycle } from "../lifecycle/lifecycle";

export interface SecretInputs {
  connection: Connection;
  secretName: string;
  username: string;
  kmsKeyId: string;
  host: string;
  port: number;
  database: string;
  /** A new password is made when this number changes. */
  passwordGeneration: number;
  /** Days in which the deleted secret can be restored; 0 = none. */
  recoveryDays: number;
}

export interface SecretState extends SecretInputs {
  secretArn: string;
  /** False when somebody wrote something into the secret that clients cannot use. */
  usable: boolean;
}

function merged(inputs: SecretInputs, found: ReaderSecretState): SecretState {
  const sameKey = isSameKey(found.kmsKeyId, inputs.kmsKeyId);
  return { ...inputs, ...found, kmsKeyId: sameKey ? inputs.kmsKeyId : found.kmsKeyId };
}

/** A reader's fleet-wide password, which lives in Secrets Manager and nowhere else. */
export const secretLifecycle: Lifecycle<SecretInputs, SecretState> = {
  title: "reader secret",
  inputs: [
    "connection",
    "secretName",
    "username",
    "kmsKeyId",
    "host",
    "port",
    "database",
    "passwordGeneration",
    "recoveryDays",
  ],
  identity: ["secretName"],
  id: ({ secretName }) => secretName,
  needsRepair: (state) => !state.usable,

  async create(inputs) {
    return merged(inputs, await ensureReaderSecret(secretsClient(inputs.connection), inputs));
  },

  async read(state) {
    const found = await readReaderSecret(secretsClient(state.connection), state.secretArn ?? state.secretName);
    return found && merged(state, found);
  },

  async update(state, inputs) {
    const rotate = state.passwordGeneration !== inputs.passwordGeneration;
    return merged(inputs, await ensureReaderSecret(secretsClient(inputs.connection), inputs, { rotate }));
  },

  remove: (state) => deleteReaderSecret(secretsClient(state.connection), state.secretArn, state.recoveryDays),
};
