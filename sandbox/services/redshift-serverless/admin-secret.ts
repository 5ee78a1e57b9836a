import { randomBytes } from "node:crypto";
import type { SecretsManager } from "../secretsmanager/service";
import type { ServerlessContext } from "./context";
import type { NamespaceRecord, SnapshotRecord } from "./records";

/** What a managed secret is encrypted with unless another key was asked for. */
export const secretsKey = "alias/aws/secretsmanager";

/** The secret of a managed admin password. @returns its ARN */
export function createAdminSecret(
  secrets: SecretsManager,
  namespace: string,
  username: string,
  password: string,
  kmsKeyId?: string,
): string {
  return secrets.createManaged({
    name: `redshift!${namespace}-${username}`,
    value: JSON.stringify({ username, password }),
    kmsKeyId,
    owningService: "redshift",
    description: `Secret of the admin of the Redshift Serverless namespace ${namespace}`,
  });
}

/** 32 characters, each kind that AWS asks for among them, none that needs quoting anywhere. */
export function generatePassword(): string {
  return `Aa1${randomBytes(22).toString("base64url").replace(/[-_]/g, "x").slice(0, 29)}`;
}

/**
 * Puts in order whom a namespace calls its administrator, after a snapshot took the place of what it held. That is the
 * snapshot's administrator, with the password of then unless Secrets Manager is to manage it (`manageAdminPassword` of
 * RestoreFromSnapshotRequest in AWS's SDK). AWS does not say what becomes of a secret that the namespace has: one that
 * the snapshot was made under stays and is right; any other would say what is not so, and is removed. May be repeated.
 */
export async function adoptAdmin(
  { namespaces, secrets, warehouse }: ServerlessContext,
  snapshot: SnapshotRecord,
  { namespaceName, namespaceId, restoring }: NamespaceRecord,
): Promise<void> {
  const { adminUsername, dbName } = snapshot;
  const change = (changes: Partial<NamespaceRecord>) => {
    const record = namespaces.get(namespaceName);
    if (record) namespaces.put(namespaceName, { ...record, ...changes });
  };
  const { adminPasswordSecretArn: before, adminPasswordSecretKmsKeyId: keyBefore } =
    namespaces.get(namespaceName) ?? {};
  change({ adminUsername, dbName });
  const keeps = before !== undefined && before === snapshot.adminPasswordSecretArn;
  if (!restoring?.managed && !keeps) {
    change({ adminPasswordSecretArn: undefined, adminPasswordSecretKmsKeyId: undefined });
    if (before) secrets.deleteManaged(before);
    return;
  }
  const known = before ? (JSON.parse(secrets.read(before)) as { username: string; password: string }) : undefined;
  const password = known?.password ?? generatePassword();
  await warehouse.setAdmin(namespaceId, adminUsername, password);
  const key = restoring?.secretKmsKeyId ?? keyBefore ?? secretsKey;
  if (known?.username === adminUsername && key === keyBefore) return;
  const kmsKeyId = key === secretsKey ? undefined : key;
  const after = createAdminSecret(secrets, namespaceName, adminUsername, password, kmsKeyId);
  change({ adminPasswordSecretArn: after, adminPasswordSecretKmsKeyId: key });
  if (before && before !== after) secrets.deleteManaged(before);
}
