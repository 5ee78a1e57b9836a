import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  type SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { generatePassword } from "./passwords";

/** What clients need to connect, apart from the password. */
export interface ReaderEndpoint {
  host: string;
  port: number;
  database: string;
}

/** A reader's secret as it should be. */
export interface ReaderSecretDefinition extends ReaderEndpoint {
  secretName: string;
  username: string;
  /** ARN or id of the customer-managed key. */
  kmsKeyId: string;
}

/** A reader's secret as Secrets Manager shows it, without the password. */
export interface ReaderSecretState extends ReaderEndpoint {
  secretArn: string;
  secretName: string;
  username: string;
  kmsKeyId: string;
  /** False when the value is not what clients and we can use: the password is then made anew. */
  usable: boolean;
}

type Client = Pick<SecretsManagerClient, "send">;

const value = z.object({
  username: z.string(),
  password: z.string().min(8),
  host: z.string(),
  port: z.coerce.number(),
  dbname: z.string(),
  engine: z.literal("redshift"),
});
type SecretValue = z.output<typeof value>;

function isMissing(error: unknown): boolean {
  return (
    error instanceof ResourceNotFoundException || (error instanceof Error && error.name === "ResourceNotFoundException")
  );
}

async function describe(client: Client, secretId: string): Promise<DescribeSecretCommandOutput | undefined> {
  try {
    return await client.send(new DescribeSecretCommand({ SecretId: secretId }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function currentValue(client: Client, secretId: string): Promise<SecretValue | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    const parsed = value.safeParse(JSON.parse(SecretString ?? "null"));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function secretString(definition: ReaderSecretDefinition, password: string): string {
  return JSON.stringify({
    username: definition.username,
    password,
    host: definition.host,
    port: definition.port,
    dbname: definition.database,
    engine: "redshift",
  } satisfies SecretValue);
}

/** The password, for the moment in which its digest is made. */
export async function readerPassword(client: Client, secretArn: string): Promise<string> {
  const current = await currentValue(client, secretArn);
  if (current) return current.password;
  throw new Error(
    `Secret ${secretArn} is missing or is not the JSON of a reader (username, password, host, port, dbname, engine). Run \`pulumi refresh\` and \`pulumi up\` to have it made anew.`,
  );
}

/** @returns undefined when the secret does not exist or is scheduled for deletion */
export async function readReaderSecret(client: Client, secretId: string): Promise<ReaderSecretState | undefined> {
  const found = await describe(client, secretId);
  if (!found || found.DeletedDate) return undefined;
  const current = await currentValue(client, secretId);
  return {
    secretArn: found.ARN!,
    secretName: found.Name!,
    kmsKeyId: found.KmsKeyId ?? "",
    usable: current !== undefined,
    username: current?.username ?? "",
    host: current?.host ?? "",
    port: current?.port ?? 0,
    database: current?.dbname ?? "",
  };
}

/**
 * Makes the secret, or brings an existing one (also one scheduled for deletion) in line. The password is generated here
 * and goes nowhere but into the secret; it is kept unless `rotate` is set or the value is unusable.
 */
export async function ensureReaderSecret(
  client: Client,
  definition: ReaderSecretDefinition,
  options: { rotate?: boolean } = {},
): Promise<ReaderSecretState> {
  const found = await describe(client, definition.secretName);
  if (found?.DeletedDate) await client.send(new RestoreSecretCommand({ SecretId: definition.secretName }));
  if (!found && !(await create(client, definition))) return ensureReaderSecret(client, definition, options);
  if (found) {
    if (found.KmsKeyId !== definition.kmsKeyId) {
      await client.send(new UpdateSecretCommand({ SecretId: found.ARN, KmsKeyId: definition.kmsKeyId }));
    }
    const current = await currentValue(client, definition.secretName);
    const password = options.rotate || !current ? generatePassword() : current.password;
    const wanted = secretString(definition, password);
    if (!current || JSON.stringify(value.parse(current)) !== wanted) {
      await client.send(new PutSecretValueCommand({ SecretId: definition.secretName, SecretString: wanted }));
    }
  }
  const state = await readReaderSecret(client, definition.secretName);
  if (!state)
    throw new Error(
      `Secret ${definition.secretName} was deleted by somebody else while it was being made: run the update again.`,
    );
  return state;
}

/** @returns false when somebody else made it in between */
async function create(client: Client, definition: ReaderSecretDefinition): Promise<boolean> {
  try {
    await client.send(
      new CreateSecretCommand({
        Name: definition.secretName,
        Description: `Password of the Redshift reader ${definition.username}, the same on every consumer`,
        KmsKeyId: definition.kmsKeyId,
        SecretString: secretString(definition, generatePassword()),
        Tags: [{ Key: "managed-by", Value: "redshift-fleet" }],
      }),
    );
    return true;
  } catch (error) {
    if (
      error instanceof ResourceExistsException ||
      (error instanceof Error && error.name === "ResourceExistsException")
    )
      return false;
    throw error;
  }
}

/** @param recoveryDays 7–30 during which the secret can be restored; 0 deletes at once */
export async function deleteReaderSecret(client: Client, secretId: string, recoveryDays: number): Promise<void> {
  try {
    await client.send(
      new DeleteSecretCommand(
        recoveryDays === 0
          ? { SecretId: secretId, ForceDeleteWithoutRecovery: true }
          : { SecretId: secretId, RecoveryWindowInDays: recoveryDays },
      ),
    );
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
}
