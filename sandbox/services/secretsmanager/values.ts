import type { GivenValue } from "./records";
import { type ById, now, type Secrets } from "./secrets";
import type { Vault } from "./vault";
import { addVersion, findVersion, moveStage } from "./versions";

const daySeconds = 86_400;

/** What secrets say: their versions, read and written. */
export class SecretValues {
  constructor(
    private readonly secrets: Secrets,
    private readonly vault: Vault,
  ) {}

  get(input: ById & { VersionId?: string; VersionStage?: string }) {
    const secret = this.secrets.requireLive(input);
    const version = findVersion(secret, input.VersionId, input.VersionStage);
    const value = this.vault.open(secret, version);
    this.secrets.put({ ...secret, accessedAt: Math.floor(now() / daySeconds) * daySeconds });
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.versionId,
      ...value,
      VersionStages: version.stages,
      CreatedDate: version.createdAt,
    };
  }

  put(input: ById & GivenValue & { VersionStages?: string[] }) {
    const secret = this.secrets.requireUnmanaged(input);
    const { versions, version } = addVersion(secret, input, this.vault, input.VersionStages);
    this.secrets.put({ ...secret, versions, changedAt: now() });
    return { ARN: secret.arn, Name: secret.name, VersionId: version.versionId, VersionStages: version.stages };
  }

  update(input: ById & GivenValue & { Description?: string; KmsKeyId?: string }) {
    const secret = this.secrets.requireUnmanaged(input);
    const hasValue = input.SecretString !== undefined || input.SecretBinary !== undefined;
    const { KmsKeyId: kmsKeyId = secret.kmsKeyId } = input;
    const rekeyed = kmsKeyId !== undefined && kmsKeyId !== secret.kmsKeyId;
    const versions = rekeyed ? this.vault.underKey(secret, kmsKeyId) : secret.versions;
    const added = hasValue ? addVersion({ kmsKeyId, versions }, input, this.vault) : undefined;
    this.secrets.put({
      ...secret,
      description: input.Description ?? secret.description,
      kmsKeyId,
      versions: added?.versions ?? versions,
      changedAt: now(),
    });
    return { ARN: secret.arn, Name: secret.name, VersionId: added?.version.versionId };
  }

  updateStage(input: ById & { VersionStage?: string; MoveToVersionId?: string; RemoveFromVersionId?: string }) {
    const secret = this.secrets.requireLive(input);
    const stage = input.VersionStage ?? "";
    if (input.MoveToVersionId !== undefined) findVersion(secret, input.MoveToVersionId);
    const versions = moveStage(secret.versions, stage, input.MoveToVersionId);
    this.secrets.put({ ...secret, versions, changedAt: now() });
    return { ARN: secret.arn, Name: secret.name };
  }

  listVersions(input: ById & { IncludeDeprecated?: boolean }) {
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
