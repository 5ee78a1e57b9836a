import { randomBytes } from "node:crypto";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { generatePassword, quoteIdentifier, quoteLiteral } from "@redshift-fleet/redshift";
import type { Trial } from "./trial";

/** A user of the consumer that lives as long as one question. */
export interface TrialUser {
  name: string;
  /** Holds its login. */
  secretArn: string;
}

/**
 * Makes a user whose password is given to Redshift in one form, with a secret, and takes both away again.
 *
 * @param form of the password in SQL: a digest, or the password itself
 */
export async function withUser<T>(
  trial: Trial,
  form: (password: string, username: string) => string,
  work: (user: TrialUser) => Promise<T>,
): Promise<T> {
  const name = `aws_check_${randomBytes(4).toString("hex")}`;
  const password = generatePassword();
  const secrets = new SecretsManagerClient({ region: trial.region, maxAttempts: 4 });
  const admin = trial.sql("consumer");
  const secret = await secrets.send(
    new CreateSecretCommand({
      Name: `redshift-fleet-${name.replaceAll("_", "-")}`,
      SecretString: JSON.stringify({ username: name, password }),
    }),
  );
  const secretArn = secret.ARN ?? "";
  try {
    await admin.execute(`CREATE USER ${quoteIdentifier(name)} PASSWORD ${quoteLiteral(form(password, name))}`);
    try {
      return await work({ name, secretArn });
    } finally {
      await admin.execute(`DROP USER ${quoteIdentifier(name)}`);
    }
  } finally {
    await secrets.send(new DeleteSecretCommand({ SecretId: secretArn, ForceDeleteWithoutRecovery: true }));
    secrets.destroy();
  }
}
