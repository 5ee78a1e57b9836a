import { randomUUID } from "node:crypto";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import { checkPolicyDocument } from "../../aws/policy-document";
import type { Tags } from "../../aws/tags";

export interface Key {
  keyId: string;
  arn: string;
  description: string;
  policy: string;
  keyUsage: string;
  keySpec: string;
  multiRegion: boolean;
  enabled: boolean;
  rotationEnabled: boolean;
  rotationPeriodInDays: number;
  /** `PendingDeletion` keys stay visible until their window of 7 to 30 days is over, and can do nothing. */
  keyState: "Enabled" | "Disabled" | "PendingDeletion";
  deletionDate?: string;
  creationDate: string;
  tags: Tags;
}

export interface Alias {
  name: string;
  arn: string;
  targetKeyId: string;
}

export type KeyChange = Partial<
  Pick<Key, "description" | "policy" | "enabled" | "rotationEnabled" | "rotationPeriodInDays" | "tags">
>;

const malformed = "MalformedPolicyDocumentException";

/** Keys and aliases as records: the sandbox encrypts nothing with them. */
export class Kms {
  private readonly keys;
  private readonly aliases;

  constructor(private readonly context: Context) {
    this.keys = context.store.collection<Key>("kms/keys");
    this.aliases = context.store.collection<Alias>("kms/aliases");
  }

  /** @throws AwsError `MalformedPolicyDocumentException` */
  createKey(request: Partial<Key>): Key {
    if (request.policy !== undefined) checkPolicyDocument(request.policy, malformed);
    const keyId = request.multiRegion ? `mrk-${randomUUID().replaceAll("-", "")}` : randomUUID();
    const enabled = request.enabled ?? true;
    const key: Key = {
      keyId,
      arn: this.context.account.arn("kms", `key/${keyId}`),
      description: request.description ?? "",
      policy: request.policy ?? this.defaultPolicy(),
      keyUsage: request.keyUsage ?? "ENCRYPT_DECRYPT",
      keySpec: request.keySpec ?? "SYMMETRIC_DEFAULT",
      multiRegion: request.multiRegion ?? false,
      enabled,
      rotationEnabled: request.rotationEnabled ?? false,
      rotationPeriodInDays: request.rotationPeriodInDays ?? 365,
      keyState: enabled ? "Enabled" : "Disabled",
      creationDate: new Date().toISOString(),
      tags: request.tags ?? {},
    };
    this.keys.put(keyId, key);
    return key;
  }

  /** Finds a key by id, ARN, alias or alias ARN. */
  findKey(reference: string): Key | undefined {
    const alias = this.aliases.get(reference.replace(/^arn:[^/]*:(?=alias\/)/, ""));
    return this.keys.get(alias?.targetKeyId ?? reference.replace(/^arn:.*:key\//, ""));
  }

  /** @throws AwsError `NotFoundException` */
  getKey(reference: string): Key {
    const key = this.findKey(reference);
    if (!key) {
      const arn = reference.startsWith("arn:") ? reference : this.context.account.arn("kms", `key/${reference}`);
      throw new AwsError("NotFoundException", `Key '${arn}' does not exist`);
    }
    return key;
  }

  listKeys(): Key[] {
    return this.keys.list();
  }

  /** @throws AwsError `KMSInvalidStateException` for a key on its way out. */
  updateKey(reference: string, change: KeyChange): Key {
    const key = this.getKey(reference);
    if (key.keyState === "PendingDeletion") {
      throw new AwsError("KMSInvalidStateException", `${key.arn} is pending deletion.`);
    }
    if (change.policy !== undefined) checkPolicyDocument(change.policy, malformed);
    const next: Key = { ...key, ...change };
    next.keyState = next.enabled ? "Enabled" : "Disabled";
    this.keys.put(key.keyId, next);
    return next;
  }

  /** @param days 7 to 30. */
  scheduleKeyDeletion(reference: string, days = 30): Key {
    const key = this.getKey(reference);
    if (days < 7 || days > 30) {
      throw new AwsError("ValidationException", `PendingWindowInDays must be between 7 and 30, not ${days}.`);
    }
    const deletionDate = new Date(Date.now() + days * 86_400_000).toISOString();
    const gone: Key = { ...key, enabled: false, keyState: "PendingDeletion", deletionDate };
    this.keys.put(key.keyId, gone);
    for (const alias of this.aliases.list()) if (alias.targetKeyId === key.keyId) this.aliases.delete(alias.name);
    return gone;
  }

  /** @throws AwsError `AlreadyExistsException`, `InvalidAliasNameException`, `NotFoundException` */
  createAlias(name: string, target: string): Alias {
    if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name) || name.startsWith("alias/aws/")) {
      throw new AwsError(
        "InvalidAliasNameException",
        `Alias name ${name} must match alias/[a-zA-Z0-9/_-]+ and not begin with alias/aws/.`,
      );
    }
    const arn = this.context.account.arn("kms", name);
    if (this.aliases.get(name)) {
      throw new AwsError("AlreadyExistsException", `An alias with the name ${arn} already exists`);
    }
    const alias = { name, arn, targetKeyId: this.getKey(target).keyId };
    this.aliases.put(name, alias);
    return alias;
  }

  findAlias(name: string): Alias | undefined {
    return this.aliases.get(name);
  }

  listAliases(): Alias[] {
    return this.aliases.list();
  }

  updateAlias(name: string, target: string): void {
    const alias = this.aliases.get(name);
    if (!alias) throw new AwsError("NotFoundException", `Alias ${name} is not found.`);
    this.aliases.put(name, { ...alias, targetKeyId: this.getKey(target).keyId });
  }

  deleteAlias(name: string): void {
    if (!this.aliases.delete(name)) throw new AwsError("NotFoundException", `Alias ${name} is not found.`);
  }

  private defaultPolicy(): string {
    return JSON.stringify({
      Id: "key-default-1",
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: this.context.account.arn("iam", "root", { region: "" }) },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
  }
}
