import { between, boolean, json, length, matches, number, oneOf, string } from "../resource/property";
import type { ResourceType } from "../resource/resource-type";
import { defined, optionalFlag, optionalNumber, optionalText, text, textMap, type ValueMap } from "../values";

/** https://www.pulumi.com/registry/packages/aws/api-docs/kms/key/ */
export const kmsKey: ResourceType = {
  token: "aws:kms/key:Key",
  label: "KMS Key",
  tagged: true,
  properties: {
    bypassPolicyLockoutSafetyCheck: boolean({ default: false }),
    customKeyStoreId: string({ replaces: true }),
    customerMasterKeySpec: string({ default: "SYMMETRIC_DEFAULT", replaces: true }),
    deletionWindowInDays: number({}, between(7, 30)),
    description: string({ computed: true }, length(0, 8192)),
    enableKeyRotation: boolean({ default: false }),
    isEnabled: boolean({ default: true }),
    keyUsage: string(
      { default: "ENCRYPT_DECRYPT", replaces: true },
      oneOf("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),
    ),
    multiRegion: boolean({ computed: true, replaces: true }),
    policy: json({ computed: true }),
    region: string({ computed: true, replaces: true }),
    rotationPeriodInDays: number({ computed: true }, between(90, 2560)),
    xksKeyId: string({ replaces: true }),
  },
  outputs: ["arn", "keyId"],
  check: ({ rotationPeriodInDays, enableKeyRotation }) =>
    rotationPeriodInDays !== undefined && enableKeyRotation === false
      ? [{ property: "rotationPeriodInDays", reason: "needs enableKeyRotation to be true" }]
      : [],
  async create(inputs, { models }) {
    const key = models.kms.createKey({
      ...defined({
        description: optionalText(inputs, "description"),
        policy: optionalText(inputs, "policy"),
        keyUsage: optionalText(inputs, "keyUsage"),
        keySpec: optionalText(inputs, "customerMasterKeySpec"),
        multiRegion: optionalFlag(inputs, "multiRegion"),
        rotationPeriodInDays: optionalNumber(inputs, "rotationPeriodInDays"),
        enabled: optionalFlag(inputs, "isEnabled"),
        rotationEnabled: optionalFlag(inputs, "enableKeyRotation"),
      }),
      tags: textMap(inputs, "tagsAll"),
    });
    return key.keyId;
  },
  async read(id, { models }) {
    const key = models.kms.findKey(id);
    if (!key || key.keyState === "PendingDeletion") return undefined;
    return {
      arn: key.arn,
      customerMasterKeySpec: key.keySpec,
      description: key.description,
      enableKeyRotation: key.rotationEnabled,
      isEnabled: key.enabled,
      keyId: key.keyId,
      keyUsage: key.keyUsage,
      multiRegion: key.multiRegion,
      policy: key.policy,
      rotationPeriodInDays: key.rotationPeriodInDays,
      tagsAll: key.tags,
    };
  },
  async update(id, { news }, { models }) {
    models.kms.updateKey(id, { ...changeOf(news), tags: textMap(news, "tagsAll") });
  },
  async delete(id, state, { models }) {
    models.kms.scheduleKeyDeletion(id, optionalNumber(state, "deletionWindowInDays"));
  },
};

function changeOf(inputs: ValueMap) {
  return defined({
    description: optionalText(inputs, "description"),
    policy: optionalText(inputs, "policy"),
    enabled: optionalFlag(inputs, "isEnabled"),
    rotationEnabled: optionalFlag(inputs, "enableKeyRotation"),
    rotationPeriodInDays: optionalNumber(inputs, "rotationPeriodInDays"),
  });
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/kms/alias/ */
export const kmsAlias: ResourceType = {
  token: "aws:kms/alias:Alias",
  label: "KMS Alias",
  autoName: { property: "name", maxLength: 256, prefixProperty: "namePrefix", before: "alias/" },
  properties: {
    name: string(
      { computed: true, replaces: true },
      matches(
        /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/,
        'expected "alias/" followed by letters, digits, /, _ or -, and not alias/aws/',
      ),
    ),
    namePrefix: string({ computed: true, replaces: true }),
    region: string({ computed: true, replaces: true }),
    targetKeyId: string({ required: true }),
  },
  outputs: ["arn", "targetKeyArn"],
  async create(inputs, { models }) {
    return models.kms.createAlias(text(inputs, "name"), text(inputs, "targetKeyId")).name;
  },
  async read(id, { models }, before) {
    const alias = models.kms.findAlias(id);
    const key = alias && models.kms.findKey(alias.targetKeyId);
    if (!alias || !key) return undefined;
    // The target may have been given as an id or as an ARN; either stays as it was.
    const given = before.targetKeyId;
    return {
      arn: alias.arn,
      name: alias.name,
      namePrefix: "",
      targetKeyArn: key.arn,
      targetKeyId: given === key.arn ? key.arn : key.keyId,
    };
  },
  async update(id, { news }, { models }) {
    models.kms.updateAlias(id, text(news, "targetKeyId"));
  },
  async delete(id, _state, { models }) {
    // A key on its way out takes its aliases with it.
    if (models.kms.findAlias(id)) models.kms.deleteAlias(id);
  },
};
