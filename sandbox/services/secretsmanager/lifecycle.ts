import { randomBytes } from "node:crypto";
import type { Account } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { toTags, type WireTag } from "../../aws/tags";
import type { GivenValue } from "./records";
import { type ById, now, type Secrets } from "./secrets";
import type { Vault } from "./vault";
import { addVersion } from "./versions";

const daySeconds = 86_400;

/** How secrets come, go, and come back. */
export class SecretLifecycle {
  constructor(
    private readonly secrets: Secrets,
    private readonly account: Account,
    private readonly vault: Vault,
    /** Milliseconds for which the name of a secret that was deleted by force stays taken. */
    private readonly nameTakenFor: number,
  ) {}

  create(input: GivenValue & { Name?: string; Description?: string; KmsKeyId?: string; Tags?: WireTag[] }): {
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
    const existing = this.secrets.lookUp(name);
    // A secret deleted by force is not found any more, and yet its name is not free at once:
    // hashicorp/terraform-provider-aws#10259, with the same message.
    if (existing?.deletedAt !== undefined || this.secrets.isNameTaken(name)) {
      throw new AwsError(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (existing) {
      const same = existing.versions.some((version) => version.versionId === input.ClientRequestToken);
      if (same) {
        addVersion(existing, input, this.vault);
        return { ARN: existing.arn, Name: name, VersionId: input.ClientRequestToken };
      }
      throw new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
    }
    const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    const first = hasValue ? addVersion({ kmsKeyId: input.KmsKeyId, versions: [] }, input, this.vault) : undefined;
    const suffix = randomBytes(9).toString("base64").replace(/[+/]/g, "x").slice(0, 6);
    const arn = this.account.arn("secretsmanager", `secret:${name}-${suffix}`);
    this.secrets.put({
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

  delete(input: ById & { RecoveryWindowInDays?: number; ForceDeleteWithoutRecovery?: boolean }) {
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
    const found = this.secrets.lookUp(input.SecretId ?? "");
    if (input.ForceDeleteWithoutRecovery) {
      // Forced deletion of what is not there succeeds, as with AWS.
      if (found) this.secrets.requireUnmanaged(input, { deletedToo: true });
      if (found) this.secrets.deleteByForce(found, this.nameTakenFor);
      return { ARN: found?.arn ?? input.SecretId, Name: found?.name ?? input.SecretId, DeletionDate: now() };
    }
    const secret = this.secrets.requireUnmanaged(input);
    const purgeAt = now() + days * daySeconds;
    this.secrets.put({ ...secret, deletedAt: now(), purgeAt });
    return { ARN: secret.arn, Name: secret.name, DeletionDate: purgeAt };
  }

  restore(input: ById) {
    const secret = this.secrets.require(input);
    this.secrets.put({ ...secret, deletedAt: undefined, purgeAt: undefined });
    return { ARN: secret.arn, Name: secret.name };
  }
}
