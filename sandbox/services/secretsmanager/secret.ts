import { isNotFound } from "../../aws/errors";
import { boolean, json, length, list, matches, number, type Rule, set, string } from "../../provider/resource/property";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { tagChange, tagList, tagRecord } from "../../provider/resource/tagging";
import {
  defined,
  optionalNumber,
  optionalText,
  text,
  textMap,
  texts,
  type Value,
  type ValueMap,
} from "../../provider/values";

const recoveryWindow: Rule = (value) =>
  value === 0 || (Number(value) >= 7 && Number(value) <= 30)
    ? undefined
    : `expected 0 (at once) or a number of days in the range (7 - 30), got ${value}`;

/** What the API says, or undefined where it says that there is no such thing (or that it is on its way out). */
async function find(context: TypeContext, operation: string, input: ValueMap): Promise<ValueMap | undefined> {
  try {
    const found: ValueMap = await context.call(operation, input);
    return found.DeletedDate === undefined || found.DeletedDate === null ? found : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secret/ */
export const secret: ResourceType = {
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
    namePrefix: string({ computed: true, replaces: true }),
    policy: json({ computed: true }),
    recoveryWindowInDays: number({ default: 30 }, recoveryWindow),
    region: string({ computed: true, replaces: true }),
    replicas: list({ computed: true }),
    type: string({ computed: true, replaces: true }),
  },
  outputs: ["arn"],
  async create(inputs, context) {
    const created = await context.call("CreateSecret", {
      Name: text(inputs, "name"),
      ...describe(inputs),
      Tags: tagList(textMap(inputs, "tagsAll")),
    });
    const arn = String(created.ARN);
    const policy = optionalText(inputs, "policy");
    if (policy !== undefined) await context.call("PutResourcePolicy", { SecretId: arn, ResourcePolicy: policy });
    return arn;
  },
  async read(id, context) {
    const found = await find(context, "DescribeSecret", { SecretId: id });
    if (!found) return undefined;
    const policy = await find(context, "GetResourcePolicy", { SecretId: id });
    return {
      arn: found.ARN ?? id,
      description: found.Description ?? "",
      kmsKeyId: found.KmsKeyId ?? "",
      name: found.Name ?? "",
      namePrefix: "",
      policy: policy?.ResourcePolicy ?? "",
      replicas: [],
      tagsAll: tagRecord(found.Tags),
    };
  },
  async update(id, { news, olds, changed }, context) {
    if (changed.has("description") || changed.has("kmsKeyId")) {
      await context.call("UpdateSecret", { SecretId: id, Description: "", ...describe(news) });
    }
    const policy = optionalText(news, "policy");
    if (changed.has("policy") && policy !== undefined) {
      await context.call("PutResourcePolicy", { SecretId: id, ResourcePolicy: policy });
    }
    const { put, remove } = tagChange(olds, news);
    if (Object.keys(put).length > 0) await context.call("TagResource", { SecretId: id, Tags: tagList(put) });
    if (remove.length > 0) await context.call("UntagResource", { SecretId: id, TagKeys: remove });
  },
  async delete(id, state, context) {
    const days = optionalNumber(state, "recoveryWindowInDays") ?? 30;
    const how: ValueMap = days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days };
    await context.call("DeleteSecret", { SecretId: id, ...how });
  },
};

function describe(inputs: ValueMap): ValueMap {
  const values = { Description: optionalText(inputs, "description"), KmsKeyId: optionalText(inputs, "kmsKeyId") };
  return defined(values) as ValueMap;
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secretversion/ Its id is `<secret ARN>|<version id>`. */
export const secretVersion: ResourceType = {
  token: "aws:secretsmanager/secretVersion:SecretVersion",
  label: "Secrets Manager Secret Version",
  properties: {
    region: string({ computed: true, replaces: true }),
    secretBinary: string({ replaces: true, sensitive: true }),
    secretId: string({ required: true, replaces: true }),
    secretString: string({ replaces: true, sensitive: true }),
    secretStringWo: string({ writeOnly: true, sensitive: true }),
    secretStringWoVersion: number({ replaces: true }),
    versionStages: set({ computed: true }),
  },
  outputs: ["arn", "hasSecretStringWo", "secretArn", "versionId"],
  async create(inputs, context) {
    const SecretId = text(inputs, "secretId");
    const SecretString = optionalText(inputs, "secretString") ?? optionalText(inputs, "secretStringWo");
    const stages = texts(inputs, "versionStages");
    const input = defined({ SecretId, SecretString, SecretBinary: optionalText(inputs, "secretBinary") });
    if (stages.length > 0) input.VersionStages = stages;
    const put = await context.call("PutSecretValue", input as ValueMap);
    return `${put.ARN}|${put.VersionId}`;
  },
  async read(id, context, before) {
    const [SecretId, VersionId] = id.split("|") as [string, string];
    const found = await find(context, "GetSecretValue", { SecretId, VersionId });
    if (!found) return undefined;
    const hidden = before.secretStringWo !== undefined || before.hasSecretStringWo === true;
    return {
      arn: found.ARN ?? SecretId,
      hasSecretStringWo: hidden,
      secretArn: found.ARN ?? SecretId,
      secretBinary: found.SecretBinary ?? null,
      secretId: before.secretId ?? SecretId,
      secretString: hidden ? null : (found.SecretString ?? null),
      versionId: VersionId,
      versionStages: found.VersionStages ?? [],
    };
  },
  async update(id, { news, olds }, context) {
    const [SecretId, VersionId] = id.split("|") as [string, string];
    for (const VersionStage of texts(news, "versionStages")) {
      if (texts(olds, "versionStages").includes(VersionStage)) continue;
      await context.call("UpdateSecretVersionStage", { SecretId, VersionStage, MoveToVersionId: VersionId });
    }
  },
  async delete() {
    // AWS drops a version once no stage points at it; the current one goes with its secret.
  },
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secretpolicy/ */
export const secretPolicy: ResourceType = {
  token: "aws:secretsmanager/secretPolicy:SecretPolicy",
  label: "Secrets Manager Secret Policy",
  properties: {
    blockPublicPolicy: boolean(),
    policy: json({ required: true }),
    region: string({ computed: true, replaces: true }),
    secretArn: string({ required: true, replaces: true }),
  },
  outputs: [],
  async create(inputs, context) {
    await putPolicy(inputs, context);
    return text(inputs, "secretArn");
  },
  async read(id, context) {
    const found = await find(context, "GetResourcePolicy", { SecretId: id });
    const policy: Value | undefined = found?.ResourcePolicy;
    return typeof policy === "string" && policy !== "" ? { secretArn: id, policy } : undefined;
  },
  async update(_id, { news }, context) {
    await putPolicy(news, context);
  },
  async delete(id, _state, context) {
    await context.call("DeleteResourcePolicy", { SecretId: id });
  },
};

async function putPolicy(inputs: ValueMap, context: TypeContext): Promise<void> {
  await context.call("PutResourcePolicy", {
    SecretId: text(inputs, "secretArn"),
    ResourcePolicy: text(inputs, "policy"),
    BlockPublicPolicy: inputs.blockPublicPolicy === true,
  });
}
