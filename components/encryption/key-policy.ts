import { dnsSuffix, viaService } from "../naming/dns";
import type { Fault } from "../validation";

/** Where a key lives and whom it serves. */
export interface KeyScope {
  readonly accountId: string;
  /** Such as `us-east-1`. */
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Start of the names of the log groups that the key may encrypt: `/<prefix>/`. */
  readonly namePrefix: string;
}

/** Everything it takes to look after a key, and nothing that reads what it protects. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:ListRetirableGrants",
  "kms:PutKeyPolicy",
  "kms:RetireGrant",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

const use = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** In a key's own policy "*" stands for that key alone: the key has no ARN yet when the policy is written. */
const thisKey = "*";

/**
 * The policy of the fleet's key. The account's administrators look after it (IAM decides who they are); data is read
 * and written only through the services named, and by CloudWatch Logs for the fleet's own log groups.
 */
export function keyPolicy(scope: KeyScope) {
  const { accountId, region, partition, namePrefix } = scope;
  const account = { AWS: `arn:${partition}:iam::${accountId}:root` };
  const through = ["redshift", "redshift-serverless", "secretsmanager", "s3"].flatMap((service) =>
    viaService(service, region, partition),
  );
  // No service principal but that of the logs: Redshift acts on behalf of whoever makes or changes a warehouse and keeps
  // its grant for later, rotation of the admin's password included.
  // https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-kms-customer-managed-key.html
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Administration", Effect: "Allow", Principal: account, Action: administration, Resource: thisKey },
      {
        Sid: "UseThroughServices",
        Effect: "Allow",
        Principal: account,
        Action: use,
        Resource: thisKey,
        Condition: { StringEquals: { "kms:ViaService": through, "kms:CallerAccount": accountId } },
      },
      {
        Sid: "GrantsForServices",
        Effect: "Allow",
        Principal: account,
        Action: "kms:CreateGrant",
        Resource: thisKey,
        Condition: {
          Bool: { "kms:GrantIsForAWSResource": "true" },
          StringEquals: { "kms:ViaService": through, "kms:CallerAccount": accountId },
        },
      },
      {
        Sid: "LogGroupsOfTheFleet",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.${dnsSuffix(partition)}` },
        Action: use,
        Resource: thisKey,
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:/${namePrefix}/*`,
          },
        },
      },
    ],
  };
}

/** Account ids are twelve digits; a wrong one locks everybody out of the key. */
export function checkAccountId(accountId: string): Fault[] {
  if (/^\d{12}$/.test(accountId)) return [];
  return [
    {
      path: "accountId",
      value: accountId,
      rule: "must be twelve digits",
      remedy: "Use the `accountId` of `aws sts get-caller-identity`",
    },
  ];
}
