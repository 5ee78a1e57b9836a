import type { SecretCipher } from "./cipher";
import { type ById, now, type Secrets } from "./secrets";
import { addVersion, findVersion, moveStage, type SecretValue } from "./versions";

const DAY_SECONDS = 86_400;

/** What secrets say: their versions, read and written. */
export class SecretValues {
  constructor(
    private readonly secrets: Secrets,
    private readonly cipher: SecretCipher,
  ) {}

  get(input: ById & { VersionId?: string; VersionStage?: string }): object {
    const secret = this.secrets.requireLive(input);
    const version = findVersion(secret, input.VersionId, input.VersionStage);
    this.secrets.put({ ...secret, accessedAt: Math.floor(now() / DAY_SECONDS) * DAY_SECONDS });
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

  put(input: ById & SecretValue & { VersionStages?: string[] }): object {
    const secret = this.secrets.requireUnmanaged(input);
    const { versions, version } = addVersion(secret.versions, input, this.cipher, input.VersionStages);
    this.secrets.put({ ...secret, versions, changedAt: now() });
    return { ARN: secret.arn, Name: secret.name, VersionId: version.versionId, VersionStages: version.stages };
  }

  update(input: ById & SecretValue & { Description?: string; KmsKeyId?: string }): object {
    const secret = this.secrets.requireUnmanaged(input);
    const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    const added = hasValue ? addVersion(secret.versions, input, this.cipher) : undefined;
    this.secrets.put({
      ...secret,
      description: input.Description ?? secret.description,
      kmsKeyId: input.KmsKeyId ?? secret.kmsKeyId,
      versions: added?.versions ?? secret.versions,
      changedAt: now(),
    });
    return { ARN: secret.arn, Name: secret.name, VersionId: added?.version.versionId };
  }

  updateStage(input: ById & { VersionStage?: string; MoveToVersionId?: string; RemoveFromVersionId?: string }): object {
    const secret = this.secrets.requireLive(input);
    const stage = input.VersionStage ?? "";
    if (input.MoveToVersionId !== undefined) findVersion(secret, input.MoveToVersionId);
    const versions = moveStage(secret.versions, stage, input.MoveToVersionId);
    this.secrets.put({ ...secret, versions, changedAt: now() });
    return { ARN: secret.arn, Name: secret.name };
  }

  listVersions(input: ById & { IncludeDeprecated?: boolean }): object {
    const secret = this.secrets.require(input);
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
}
