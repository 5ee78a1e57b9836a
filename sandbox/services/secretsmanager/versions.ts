import { randomUUID } from "node:crypto";
import { AwsError } from "../../aws/errors";
import type { GivenValue, SecretRecord, SecretValue, VersionRecord } from "./records";
import type { Vault } from "./vault";

export const current = "AWSCURRENT";
export const previous = "AWSPREVIOUS";
const largestValueBytes = 65_536;
const mostStagedVersions = 20;

/**
 * Adds a value to a secret's versions. The same token with the same value again changes nothing, which makes a retry
 * safe; with another value it is refused.
 */
export function addVersion(
  secret: Pick<SecretRecord, "kmsKeyId" | "versions">,
  given: GivenValue,
  vault: Vault,
  stages: string[] = [current],
): { versions: VersionRecord[]; version: VersionRecord } {
  const { SecretBinary: binary, ...rest } = given;
  // Bytes from HTTP, Base64 from Pulumi; at rest they are Base64.
  const value: SecretValue = {
    ...rest,
    SecretBinary: binary instanceof Uint8Array ? Buffer.from(binary).toString("base64") : binary,
  };
  if ((value.SecretString === undefined) === (value.SecretBinary === undefined)) {
    throw new AwsError("InvalidParameterException", "Give exactly one of SecretString and SecretBinary.");
  }
  if (Buffer.byteLength(value.SecretString ?? value.SecretBinary ?? "") > largestValueBytes) {
    throw new AwsError("InvalidParameterException", `A secret value may have ${largestValueBytes} bytes.`);
  }
  const { versions } = secret;
  const versionId = value.ClientRequestToken ?? randomUUID();
  const repeated = versions.find((version) => version.versionId === versionId);
  if (repeated) {
    const kept = vault.open(secret, repeated);
    if (kept.SecretString === value.SecretString && kept.SecretBinary === value.SecretBinary)
      return { versions: [...versions], version: repeated };
    throw new AwsError(
      "ResourceExistsException",
      `A version with the token ${versionId} exists already and has another value.`,
    );
  }
  const version: VersionRecord = {
    versionId,
    ...vault.seal(value, secret.kmsKeyId),
    stages: [],
    createdAt: Date.now() / 1_000,
  };
  let next = [...versions, version];
  for (const stage of stages) next = moveStage(next, stage, versionId);
  // Versions without a stage are deprecated; AWS forgets them in its own time, the sandbox once there are many.
  const staged = next.filter(({ stages: kept }) => kept.length > 0);
  if (next.length > mostStagedVersions) next = staged;
  return { versions: next, version: next.find((candidate) => candidate.versionId === versionId) ?? version };
}

/** Puts a stage on one version and takes it from all others. The version that was current becomes the previous one. */
export function moveStage(
  versions: readonly VersionRecord[],
  stage: string,
  versionId: string | undefined,
): VersionRecord[] {
  const holder = versions.find(({ stages }) => stages.includes(stage))?.versionId;
  const moved = versions.map((version) => ({
    ...version,
    stages: [...version.stages.filter((other) => other !== stage), ...(version.versionId === versionId ? [stage] : [])],
  }));
  if (stage !== current || holder === undefined || holder === versionId) return moved;
  return moveStage(moved, previous, holder);
}

/** @throws ResourceNotFoundException */
export function findVersion(secret: SecretRecord, versionId?: string, stage?: string): VersionRecord {
  const wanted = stage ?? (versionId === undefined ? current : undefined);
  const found = secret.versions.find(
    (version) =>
      (versionId === undefined || version.versionId === versionId) &&
      (wanted === undefined || version.stages.includes(wanted)),
  );
  if (!found) {
    throw new AwsError(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${wanted ? `staging label: ${wanted}` : `VersionId: ${versionId}`}`,
    );
  }
  return found;
}
