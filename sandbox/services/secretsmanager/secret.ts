import { boolean, json, length, list, matches, number, type Rule, string } from "../../provider/resource/property";
import { lookUp, resourcesOf } from "../../provider/resource/resource";
import { tagList, tagRecord } from "../../provider/resource/tagging";
import { isEmpty, optionalNumber, optionalText, text, textMap, type ValueMap } from "../../provider/values";

const recoveryWindow: Rule = (value) =>
  value === 0 || (Number(value) >= 7 && Number(value) <= 30)
    ? undefined
    : `expected 0 (at once) or a number of days in the range (7 - 30), got ${value}`;

export const resource = resourcesOf({
  capitals: true,
  tagging: {
    given: (inputs) => ({ Tags: tagList(textMap(inputs, "tagsAll")) }),
    read: ({ Tags }) => tagRecord(Tags),
    put: (tags, SecretId) => ["TagResource", { SecretId, Tags: tagList(tags) }],
    remove: (TagKeys, SecretId) => ["UntagResource", { SecretId, TagKeys }],
  },
});

/** A secret on its way out is as good as gone. */
export const deleted = ({ DeletedDate }: ValueMap) => DeletedDate !== undefined && DeletedDate !== null;

/** https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secret/ */
export const secret = resource({
  token: "aws:secretsmanager/secret:Secret",
  label: "Secrets Manager Secret",
  tagged: true,
  autoName: { property: "name", maxLength: 512, prefixProperty: "namePrefix" },
  properties: {
    description: string({}, length(0, 2048)),
    forceOverwriteReplicaSecret: boolean({ default: false }),
    kmsKeyId: string(),
    name: string(
      { computed: true, replaces: true },
      length(1, 512),
      matches(/^[0-9A-Za-z/_+=.@-]+$/, "expected letters, digits and /_+=.@- only"),
    ),
    policy: json({ computed: true }),
    recoveryWindowInDays: number({ default: 30 }, recoveryWindow),
    replicas: list({ computed: true }),
    type: string({ computed: true, replaces: true }),
  },
  outputs: ["arn"],
  id: "SecretId",
  made: "ARN",
  members: { arn: "ARN" },
  create: ["CreateSecret", "name", "description", "kmsKeyId"],
  read: { operation: "DescribeSecret", gone: deleted },
  async state({ Description = "", KmsKeyId = "" }, context, _before, SecretId) {
    const policy = await lookUp(context, "GetResourcePolicy", { SecretId });
    return { description: Description, kmsKeyId: KmsKeyId, policy: policy?.ResourcePolicy ?? "", replicas: [] };
  },
  async apply(SecretId, { news, olds, changed }, { call }) {
    if (olds.arn !== undefined && (changed.has("description") || changed.has("kmsKeyId"))) {
      const key: ValueMap = isEmpty(news.kmsKeyId) ? {} : { KmsKeyId: text(news, "kmsKeyId") };
      await call("UpdateSecret", { SecretId, Description: optionalText(news, "description") ?? "", ...key });
    }
    const policy = optionalText(news, "policy");
    if (changed.has("policy") && policy !== undefined)
      await call("PutResourcePolicy", { SecretId, ResourcePolicy: policy });
  },
  async delete(SecretId, state, { call }) {
    const days = optionalNumber(state, "recoveryWindowInDays") ?? 30;
    const how: ValueMap = days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days };
    await call("DeleteSecret", { SecretId, ...how });
  },
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secretpolicy/ */
export const secretPolicy = resource({
  token: "aws:secretsmanager/secretPolicy:SecretPolicy",
  label: "Secrets Manager Secret Policy",
  properties: {
    blockPublicPolicy: boolean(),
    policy: json({ required: true }),
    secretArn: string({ required: true, replaces: true }),
  },
  id: "SecretId",
  members: { policy: "ResourcePolicy", secretArn: "SecretId" },
  create: ["PutResourcePolicy", "secretArn", "policy", "blockPublicPolicy"],
  read: { operation: "GetResourcePolicy", gone: ({ ResourcePolicy }) => isEmpty(ResourcePolicy) },
  made: "SecretId",
  state: (_found, _context, _before, id) => ({ secretArn: id }),
  async apply(SecretId, { news, olds }, { call }) {
    if (olds.policy === undefined) return;
    const BlockPublicPolicy = news.blockPublicPolicy === true;
    await call("PutResourcePolicy", { SecretId, ResourcePolicy: text(news, "policy"), BlockPublicPolicy });
  },
  delete: "DeleteResourcePolicy",
});
