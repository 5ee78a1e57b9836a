import { setTimeout as pause } from "node:timers/promises";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  type SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { backoff } from "../data-api/retry";
import { generatePassword } from "./passwords";
import { isAlreadyThere, isKeyUnusable, isMissing, isNameTaken } from "./secret-errors";

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

/** Whether both name one key; Secrets Manager may answer with its ARN where the id was given, or the other way round. */
export function isSameKey(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

async function describe(client: Client, secretId: string): Promise<DescribeSecretCommandOutput | undefined> {
  try {
    return await client.send(new DescribeSecretCommand({ SecretId: secretId }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A secret's value: what clients can use, anything else or nothing, or what no key opens. */
type Current = { value?: SecretValue; keyUnusable?: Error };

async function currentValue(client: Client, secretId: string): Promise<Current> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return { value: value.safeParse(JSON.parse(SecretString ?? "null")).data };
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return {};
    if (error instanceof Error && isKeyUnusable(error)) return { keyUnusable: error };
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
  if (current.value) return current.value.password;
  const state = current.keyUnusable
    ? `cannot be decrypted (${current.keyUnusable.message})`
    : "is missing or is not the JSON of a reader (username, password, host, port, dbname, engine)";
  throw new Error(`Secret ${secretArn} ${state}. Run \`pulumi refresh\` and \`pulumi up\` to have it made anew.`);
}

/** @returns undefined when the secret does not exist or is scheduled for deletion */
export async function readReaderSecret(client: Client, secretId: string): Promise<ReaderSecretState | undefined> {
  const found = await describe(client, secretId);
  if (!found || found.DeletedDate) return undefined;
  const { value: current, keyUnusable } = await currentValue(client, secretId);
  // Who may not use the key learns nothing of the secret; that is no drift.
  if (keyUnusable?.name === "AccessDeniedException") throw keyUnusable;
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

/** How long the name of a secret that was deleted before may stay taken, in milliseconds. The provider waits for two minutes. */
const nameTakenDeadline = 300_000;

interface EnsureOptions {
  /** Make a new password. */
  rotate?: boolean;
  /** Milliseconds after which a name that is still taken is an error. @default five minutes */
  deadline?: number;
  /** Takes the place of waiting, in tests. */
  wait?: (ms: number) => Promise<unknown>;
}

/**
 * Makes the secret, or brings an existing one (also one scheduled for deletion) in line. The password is generated here
 * and goes nowhere but into the secret; it is kept unless `rotate` is set or the value is unusable.
 *
 * A secret under another key than it should be, whose own key cannot be used any more, is deleted and made anew: it takes
 * the old key to change the key, and to write anything before that. This is what a stack finds that was destroyed, key
 * and all, and comes back within the recovery window. Every step can be repeated: a run that is cut short goes on with
 * what it finds.
 */
export async function ensureReaderSecret(
  client: Client,
  definition: ReaderSecretDefinition,
  { rotate = false, deadline = nameTakenDeadline, wait = pause }: EnsureOptions = {},
): Promise<ReaderSecretState> {
  const giveUpAt = Date.now() + deadline;
  let password: string | undefined;
  for (let attempt = 1; ; attempt++) {
    const found = await describe(client, definition.secretName);
    if (found) {
      const left = await bringInLine(client, definition, found, rotate);
      if (left.done) break;
      password = left.password;
      await deleteReaderSecret(client, found.ARN!, 0);
    }
    if (await create(client, definition, password ?? generatePassword())) break;
    const ms = backoff(attempt, Math.random);
    if (Date.now() + ms > giveUpAt)
      throw new Error(
        `Secret ${definition.secretName} cannot be made: for ${Math.round(deadline / 1_000)} s its name has been taken by a secret that was deleted before. Run the update again later.`,
      );
    await wait(ms);
  }
  const state = await readReaderSecret(client, definition.secretName);
  if (!state)
    throw new Error(
      `Secret ${definition.secretName} was deleted by somebody else while it was being made: run the update again.`,
    );
  return state;
}

/** @returns whether it is now as described; where its key stands in the way, the password that it has, if that can be read */
async function bringInLine(
  client: Client,
  definition: ReaderSecretDefinition,
  found: DescribeSecretCommandOutput,
  rotate: boolean,
): Promise<{ done: boolean; password?: string }> {
  const { secretName: SecretId, kmsKeyId } = definition;
  if (found.DeletedDate) await client.send(new RestoreSecretCommand({ SecretId }));
  const rekeyed = !isSameKey(found.KmsKeyId ?? "", kmsKeyId);
  const { value: current, keyUnusable } = await currentValue(client, SecretId);
  if (keyUnusable && rekeyed) return { done: false };
  if (keyUnusable)
    throw new Error(
      `Secret ${SecretId} cannot be decrypted with its key ${kmsKeyId}: ${keyUnusable.message} Enable the key or cancel its deletion (aws kms enable-key, cancel-key-deletion), or delete the secret without recovery to have it made with a new password.`,
    );
  const password = rotate || !current ? generatePassword() : current.password;
  if (rekeyed) {
    try {
      await client.send(new UpdateSecretCommand({ SecretId: found.ARN, KmsKeyId: kmsKeyId }));
    } catch (error) {
      if (isKeyUnusable(error)) return { done: false, password };
      throw error;
    }
  }
  const wanted = secretString(definition, password);
  if (!current || JSON.stringify(current) !== wanted)
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: wanted }));
  return { done: true };
}

/** @returns false when somebody else made it in between, or its name is still taken by one that was deleted */
async function create(client: Client, definition: ReaderSecretDefinition, password: string): Promise<boolean> {
  try {
    await client.send(
      new CreateSecretCommand({
        Name: definition.secretName,
        Description: `Password of the Redshift reader ${definition.username}, the same on every consumer`,
        KmsKeyId: definition.kmsKeyId,
        SecretString: secretString(definition, password),
        Tags: [{ Key: "managed-by", Value: "redshift-fleet" }],
      }),
    );
    return true;
  } catch (error) {
    if (isAlreadyThere(error) || isNameTaken(error)) return false;
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
