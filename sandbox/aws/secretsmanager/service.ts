import { randomBytes } from "node:crypto";
import type { Collection, Store } from "../../store/store";
import type { Account } from "../account";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { paginate } from "../paginate";
import type { AwsService, Operation } from "../service";
import { tagList } from "../tags";
import type { SecretCipher } from "./cipher";
import { randomPassword } from "./random-password";
import type { SecretRecord } from "./records";
import { addVersion, findVersion, moveStage, type SecretValue } from "./versions";

interface ById {
  SecretId?: string;
}
interface WireTag {
  Key?: string;
  Value?: string;
}

const DAY_SECONDS = 86_400;
const now = () => Date.now() / 1_000;

/** Secrets Manager. Values rest encrypted. */
export class SecretsManager implements AwsService {
  readonly operations: Readonly<Record<string, Operation>> = {
    CreateSecret: operation(this.create.bind(this)),
    DescribeSecret: operation(this.describe.bind(this)),
    GetSecretValue: operation(this.getValue.bind(this)),
    PutSecretValue: operation(this.putValue.bind(this)),
    UpdateSecret: operation(this.update.bind(this)),
    UpdateSecretVersionStage: operation(this.updateStage.bind(this)),
    ListSecretVersionIds: operation(this.listVersions.bind(this)),
    ListSecrets: operation(this.list.bind(this)),
    DeleteSecret: operation(this.delete.bind(this)),
    RestoreSecret: operation(this.restore.bind(this)),
    TagResource: operation(this.tag.bind(this)),
    UntagResource: operation(this.untag.bind(this)),
    PutResourcePolicy: operation(this.putPolicy.bind(this)),
    GetResourcePolicy: operation(this.getPolicy.bind(this)),
    DeleteResourcePolicy: operation(this.deletePolicy.bind(this)),
    GetRandomPassword: operation(randomPassword),
  };
  private readonly secrets: Collection<SecretRecord>;

  constructor(
    private readonly account: Account,
    store: Store,
    private readonly cipher: SecretCipher,
  ) {
    this.secrets = store.collection("secretsmanager/secrets");
  }

  /** A secret that another service makes and keeps, such as a managed admin password. @returns its ARN */
  createManaged(secret: {
    name: string;
    value: string;
    kmsKeyId?: string;
    owningService: string;
    description: string;
  }): string {
    const existing = this.lookUp(secret.name);
    if (existing) this.secrets.delete(existing.arn);
    const { ARN } = this.create({
      Name: secret.name,
      SecretString: secret.value,
      KmsKeyId: secret.kmsKeyId,
      Description: secret.description,
    });
    this.secrets.put(ARN, { ...this.require({ SecretId: ARN }), owningService: secret.owningService });
    return ARN;
  }

  /** Removes a managed secret at once; one that is gone already is no fault. */
  deleteManaged(arn: string): void {
    this.secrets.delete(arn);
  }

  /** The current text of a secret, for services that read it on a caller's behalf. @throws ResourceNotFoundException */
  read(secretId: string): string {
    const secret = this.requireLive({ SecretId: secretId });
    const version = findVersion(secret);
    return version.text === undefined ? "" : this.cipher.decrypt(version.text);
  }

  private create(input: SecretValue & { Name?: string; Description?: string; KmsKeyId?: string; Tags?: WireTag[] }): {
    ARN: string;
    Name: string;
    VersionId?: string;
  } {
    const name = input.Name ?? "";
    if (!/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(name)) {
      throw new AwsError(
        "ValidationException",
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
      );
    }
    const existing = this.lookUp(name);
    if (existing?.deletedAt !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (existing) {
      const same = existing.versions.some((version) => version.versionId === input.ClientRequestToken);
      if (same) {
        addVersion(existing.versions, input, this.cipher);
        return { ARN: existing.arn, Name: name, VersionId: input.ClientRequestToken };
      }
      throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
    }
    const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    const first = hasValue ? addVersion([], input, this.cipher) : undefined;
    const suffix = randomBytes(9).toString("base64").replace(/[+/]/g, "x").slice(0, 6);
    const arn = this.account.arn("secretsmanager", `secret:${name}-${suffix}`);
    this.secrets.put(arn, {
      arn,
      name,
      description: input.Description,
      kmsKeyId: input.KmsKeyId,
      tags: toTags(input.Tags),
      createdAt: now(),
      changedAt: now(),
      versions: first?.versions ?? [],
    });
    return { ARN: arn, Name: name, VersionId: first?.version.versionId };
  }

  private describe(input: ById): object {
    return present(this.require(input));
  }

  private getValue(input: ById & { VersionId?: string; VersionStage?: string }): object {
    const secret = this.requireLive(input);
    const version = findVersion(secret, input.VersionId, input.VersionStage);
    this.secrets.put(secret.arn, { ...secret, accessedAt: Math.floor(now() / DAY_SECONDS) * DAY_SECONDS });
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.versionId,
      SecretString: version.text === undefined ? undefined : this.cipher.decrypt(version.text),
      SecretBinary: version.binary === undefined ? undefined : this.cipher.decrypt(version.binary),
      VersionStages: version.stages,
      CreatedDate: version.createdAt,
    };
  }

  private putValue(input: ById & SecretValue & { VersionStages?: string[] }): object {
    const secret = this.requireUnmanaged(input);
    const { versions, version } = addVersion(secret.versions, input, this.cipher, input.VersionStages);
    this.secrets.put(secret.arn, { ...secret, versions, changedAt: now() });
    return { ARN: secret.arn, Name: secret.name, VersionId: version.versionId, VersionStages: version.stages };
  }

  private update(input: ById & SecretValue & { Description?: string; KmsKeyId?: string }): object {
    const secret = this.requireUnmanaged(input);
    const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    const added = hasValue ? addVersion(secret.versions, input, this.cipher) : undefined;
    this.secrets.put(secret.arn, {
      ...secret,
      description: input.Description ?? secret.description,
      kmsKeyId: input.KmsKeyId ?? secret.kmsKeyId,
      versions: added?.versions ?? secret.versions,
      changedAt: now(),
    });
    return { ARN: secret.arn, Name: secret.name, VersionId: added?.version.versionId };
  }

  private updateStage(
    input: ById & { VersionStage?: string; MoveToVersionId?: string; RemoveFromVersionId?: string },
  ): object {
    const secret = this.requireLive(input);
    const stage = input.VersionStage ?? "";
    if (input.MoveToVersionId !== undefined) findVersion(secret, input.MoveToVersionId);
    const versions = moveStage(secret.versions, stage, input.MoveToVersionId);
    this.secrets.put(secret.arn, { ...secret, versions, changedAt: now() });
    return { ARN: secret.arn, Name: secret.name };
  }

  private listVersions(input: ById & { IncludeDeprecated?: boolean }): object {
    const secret = this.require(input);
    const versions = secret.versions.filter(({ stages }) => input.IncludeDeprecated || stages.length > 0);
    return {
      ARN: secret.arn,
      Name: secret.name,
      Versions: versions.map((version) => ({
        VersionId: version.versionId,
        VersionStages: version.stages,
        CreatedDate: version.createdAt,
      })),
    };
  }

  private list(input: {
    NextToken?: string;
    MaxResults?: number;
    IncludePlannedDeletion?: boolean;
    Filters?: { Key?: string; Values?: string[] }[];
  }): object {
    this.purge();
    const matching = this.secrets
      .list()
      .filter((secret) => input.IncludePlannedDeletion || secret.deletedAt === undefined)
      .filter((secret) => (input.Filters ?? []).every((filter) => matches(secret, filter)));
    const page = paginate(matching, input.NextToken, input.MaxResults, { code: "InvalidNextTokenException" });
    return { SecretList: page.items.map(present), NextToken: page.nextToken };
  }

  private delete(input: ById & { RecoveryWindowInDays?: number; ForceDeleteWithoutRecovery?: boolean }): object {
    if (input.ForceDeleteWithoutRecovery && input.RecoveryWindowInDays !== undefined) {
      throw new AwsError(
        "InvalidParameterException",
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
      );
    }
    const days = input.RecoveryWindowInDays ?? 30;
    if (!Number.isInteger(days) || days < 7 || days > 30) {
      throw new AwsError("InvalidParameterException", "RecoveryWindowInDays must be 7 to 30.");
    }
    const found = this.lookUp(input.SecretId ?? "");
    if (input.ForceDeleteWithoutRecovery) {
      // Forced deletion of what is not there succeeds, as with AWS.
      if (found) this.requireUnmanaged(input, { deletedToo: true });
      if (found) this.secrets.delete(found.arn);
      return { ARN: found?.arn ?? input.SecretId, Name: found?.name ?? input.SecretId, DeletionDate: now() };
    }
    const secret = this.requireUnmanaged(input);
    const purgeAt = now() + days * DAY_SECONDS;
    this.secrets.put(secret.arn, { ...secret, deletedAt: now(), purgeAt });
    return { ARN: secret.arn, Name: secret.name, DeletionDate: purgeAt };
  }

  private restore(input: ById): object {
    const secret = this.require(input);
    this.secrets.put(secret.arn, { ...secret, deletedAt: undefined, purgeAt: undefined });
    return { ARN: secret.arn, Name: secret.name };
  }

  private tag(input: ById & { Tags?: WireTag[] }): object {
    const secret = this.requireLive(input);
    this.secrets.put(secret.arn, { ...secret, tags: { ...secret.tags, ...toTags(input.Tags) } });
    return {};
  }

  private untag(input: ById & { TagKeys?: string[] }): object {
    const secret = this.requireLive(input);
    const left = Object.entries(secret.tags).filter(([key]) => !input.TagKeys?.includes(key));
    this.secrets.put(secret.arn, { ...secret, tags: Object.fromEntries(left) });
    return {};
  }

  private putPolicy(input: ById & { ResourcePolicy?: string; BlockPublicPolicy?: boolean }): object {
    const secret = this.requireLive(input);
    const policy = input.ResourcePolicy ?? "";
    try {
      JSON.parse(policy);
    } catch {
      throw new AwsError("MalformedPolicyDocumentException", "The resource policy is not valid JSON.");
    }
    this.secrets.put(secret.arn, { ...secret, policy });
    return { ARN: secret.arn, Name: secret.name };
  }

  private getPolicy(input: ById): object {
    const secret = this.require(input);
    return { ARN: secret.arn, Name: secret.name, ResourcePolicy: secret.policy };
  }

  private deletePolicy(input: ById): object {
    const secret = this.require(input);
    this.secrets.put(secret.arn, { ...secret, policy: undefined });
    return { ARN: secret.arn, Name: secret.name };
  }

  /** By name, ARN, or ARN without the random ending. */
  private lookUp(id: string): SecretRecord | undefined {
    this.purge();
    const byArn = this.secrets.get(id);
    if (byArn) return byArn;
    return this.secrets.list().find((secret) => secret.name === id || secret.arn.slice(0, -7) === id);
  }

  private require(input: ById): SecretRecord {
    const secret = this.lookUp(input.SecretId ?? "");
    if (!secret) {
      throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  private requireLive(input: ById): SecretRecord {
    const secret = this.require(input);
    if (secret.deletedAt !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    return secret;
  }

  private requireUnmanaged(input: ById, { deletedToo = false } = {}): SecretRecord {
    const secret = deletedToo ? this.require(input) : this.requireLive(input);
    if (secret.owningService !== undefined) {
      throw new AwsError(
        "InvalidRequestException",
        `The secret ${secret.name} is managed by ${secret.owningService}; change it through that service.`,
      );
    }
    return secret;
  }

  private purge(): void {
    for (const secret of this.secrets.list()) {
      if (secret.purgeAt !== undefined && secret.purgeAt <= now()) this.secrets.delete(secret.arn);
    }
  }
}

function toTags(tags: WireTag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

function matches(secret: SecretRecord, filter: { Key?: string; Values?: string[] }): boolean {
  const candidates: Record<string, string[]> = {
    name: [secret.name],
    description: [secret.description ?? ""],
    "tag-key": Object.keys(secret.tags),
    "tag-value": Object.values(secret.tags),
    "owning-service": [secret.owningService ?? ""],
  };
  const values = candidates[filter.Key ?? ""];
  if (!values) throw new AwsError("InvalidParameterException", `The filter "${filter.Key ?? ""}" is not known.`);
  return (filter.Values ?? []).some((wanted) => values.some((value) => value.startsWith(wanted)));
}

function present(secret: SecretRecord): object {
  const staged = secret.versions.filter(({ stages }) => stages.length > 0);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    OwningService: secret.owningService,
    RotationEnabled: false,
    CreatedDate: secret.createdAt,
    LastChangedDate: secret.changedAt,
    LastAccessedDate: secret.accessedAt,
    DeletedDate: secret.deletedAt,
    Tags: tagList(secret.tags),
    VersionIdsToStages: Object.fromEntries(staged.map(({ versionId, stages }) => [versionId, stages])),
    SecretVersionsToStages: Object.fromEntries(staged.map(({ versionId, stages }) => [versionId, stages])),
  };
}
