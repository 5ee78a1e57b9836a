import { AwsError } from "../../aws/errors";
import { tagList } from "../../aws/tags";
import type { SecretRecord } from "./records";

/** Does a secret pass a filter of ListSecrets? @throws InvalidParameterException for a filter that is not known */
export function matches(secret: SecretRecord, filter: { Key?: string; Values?: string[] }): boolean {
  const candidates: Record<string, string[]> = {
    name: [secret.name],
    description: [secret.description ?? ""],
    "tag-key": Object.keys(secret.tags),
    "tag-value": Object.values(secret.tags),
    "owning-service": [secret.owningService ?? ""],
  };
  const key = filter.Key ?? "";
  const values = Object.hasOwn(candidates, key) ? candidates[key] : undefined;
  if (!values) throw new AwsError("InvalidParameterException", `The filter "${filter.Key ?? ""}" is not known.`);
  return (filter.Values ?? []).some((wanted) => values.some((value) => value.startsWith(wanted)));
}

/** A secret as DescribeSecret tells of it, without its value. */
export function present(secret: SecretRecord) {
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
