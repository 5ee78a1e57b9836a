import type { Invoke } from "../../provider/resource/invoke";
import { between, boolean, json, length, number, oneOf, string } from "../../provider/resource/property";
import { resourcesOf } from "../../provider/resource/resource";
import { tagList, tagRecord } from "../../provider/resource/tagging";
import { isMap, text, textMap, type ValueMap } from "../../provider/values";

export const resource = resourcesOf({
  capitals: true,
  tagging: {
    given: (inputs) => ({ Tags: tagList(textMap(inputs, "tagsAll"), "TagKey", "TagValue") }),
    read: async (_found, id, { call }) => tagRecord((await call("ListResourceTags", { KeyId: id })).Tags),
    put: (tags, id) => ["TagResource", { KeyId: id, Tags: tagList(tags, "TagKey", "TagValue") }],
    remove: (keys, id) => ["UntagResource", { KeyId: id, TagKeys: keys }],
  },
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/kms/key/ */
export const keyType = resource({
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
    rotationPeriodInDays: number({ computed: true }, between(90, 2560)),
    xksKeyId: string({ replaces: true }),
  },
  outputs: ["arn", "keyId"],
  check: ({ rotationPeriodInDays, enableKeyRotation }) =>
    rotationPeriodInDays !== undefined && enableKeyRotation === false
      ? [{ property: "rotationPeriodInDays", reason: "needs enableKeyRotation to be true" }]
      : [],
  id: "KeyId",
  members: { customerMasterKeySpec: "KeySpec", isEnabled: "Enabled" },
  create: ["CreateKey", "description", "policy", "keyUsage", "customerMasterKeySpec", "multiRegion"],
  read: { operation: "DescribeKey", at: "KeyMetadata", gone: ({ KeyState }) => KeyState === "PendingDeletion" },
  async state(_found, { call }, _before, KeyId) {
    const { Policy = null } = await call("GetKeyPolicy", { KeyId });
    const rotation = await call("GetKeyRotationStatus", { KeyId });
    const { KeyRotationEnabled = false, RotationPeriodInDays = null } = rotation;
    return { policy: Policy, enableKeyRotation: KeyRotationEnabled, rotationPeriodInDays: RotationPeriodInDays };
  },
  update: [
    ["UpdateKeyDescription", "description"],
    ["PutKeyPolicy", "policy"],
  ],
  /** Enabled first and disabled last: a disabled key's rotation cannot be changed. */
  async apply(KeyId, { news, olds, changed }, { call }) {
    const enabled = news.isEnabled !== false;
    if (changed.has("isEnabled") && enabled && olds.isEnabled === false) await call("EnableKey", { KeyId });
    if (changed.has("enableKeyRotation") || changed.has("rotationPeriodInDays")) {
      const { rotationPeriodInDays } = news;
      const period: ValueMap = rotationPeriodInDays === undefined ? {} : { RotationPeriodInDays: rotationPeriodInDays };
      if (news.enableKeyRotation === true) await call("EnableKeyRotation", { KeyId, ...period });
      else if (olds.enableKeyRotation === true) await call("DisableKeyRotation", { KeyId });
    }
    if (changed.has("isEnabled") && !enabled) await call("DisableKey", { KeyId });
  },
  async delete(KeyId, { deletionWindowInDays }, { call }) {
    const window: ValueMap = deletionWindowInDays === undefined ? {} : { PendingWindowInDays: deletionWindowInDays };
    await call("ScheduleKeyDeletion", { KeyId, ...window });
  },
});

export const getKey: Invoke = {
  async run(args, { call }) {
    const { KeyMetadata: key } = await call("DescribeKey", { KeyId: text(args, "keyId") });
    if (!isMap(key)) throw new Error("DescribeKey answers no key");
    const date = (seconds: unknown) => (typeof seconds === "number" ? new Date(seconds * 1000).toISOString() : "");
    return {
      ...args,
      arn: key.Arn ?? "",
      awsAccountId: key.AWSAccountId ?? "",
      cloudHsmClusterId: "",
      creationDate: date(key.CreationDate),
      customKeyStoreId: "",
      customerMasterKeySpec: key.CustomerMasterKeySpec ?? "",
      deletionDate: date(key.DeletionDate),
      description: key.Description ?? "",
      enabled: key.Enabled ?? false,
      expirationModel: "",
      id: key.KeyId ?? "",
      keyManager: key.KeyManager ?? "",
      keySpec: key.KeySpec ?? "",
      keyState: key.KeyState ?? "",
      keyUsage: key.KeyUsage ?? "",
      multiRegion: key.MultiRegion ?? false,
      multiRegionConfigurations: [],
      origin: key.Origin ?? "",
      pendingDeletionWindowInDays: 0,
      validTo: "",
      xksKeyConfigurations: [],
    };
  },
};
