import type { Connection, ReaderSecretState } from "@redshift-fleet/redshift";
import { dynamicResource } from "../lifecycle/dynamic-resource";
import type { Operations } from "../lifecycle/lifecycle";

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

function merged({ isSameKey }: Operations, inputs: SecretInputs, found: ReaderSecretState): SecretState {
  const sameKey = isSameKey(found.kmsKeyId, inputs.kmsKeyId);
  return { ...inputs, ...found, kmsKeyId: sameKey ? inputs.kmsKeyId : found.kmsKeyId };
}

/**
 * A reader's password, the same on every consumer, kept in Secrets Manager only.
 * Import id: the secret's name.
 */
export class ReaderSecret extends dynamicResource<SecretInputs, SecretState>("secret", {
  type: "ReaderSecret",
  title: "reader secret",
  fields: {
    connection: "compared",
    secretName: "identity",
    username: "compared",
    kmsKeyId: "compared",
    host: "compared",
    port: "compared",
    database: "compared",
    passwordGeneration: "compared",
    recoveryDays: "compared",
    secretArn: "found",
    usable: "found",
  },
  id: ({ secretName }) => secretName,
  needsRepair: (state) => !state.usable,

  async create(redshift, inputs) {
    return merged(
      redshift,
      inputs,
      await redshift.ensureReaderSecret(redshift.secretsClient(inputs.connection), inputs),
    );
  },

  async read(redshift, state) {
    const found = await redshift.readReaderSecret(
      redshift.secretsClient(state.connection),
      state.secretArn ?? state.secretName,
    );
    return found && merged(redshift, state, found);
  },

  async update(redshift, state, inputs) {
    const rotate = state.passwordGeneration !== inputs.passwordGeneration;
    return merged(
      redshift,
      inputs,
      await redshift.ensureReaderSecret(redshift.secretsClient(inputs.connection), inputs, { rotate }),
    );
  },

  remove: ({ deleteReaderSecret, secretsClient }, state) =>
    deleteReaderSecret(secretsClient(state.connection), state.secretArn, state.recoveryDays),
}) {}
