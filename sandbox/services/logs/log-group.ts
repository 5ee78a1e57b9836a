import { boolean, isArn, length, matches, number, oneOf, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { flag, optionalNumber, optionalText, text, textMap } from "../../provider/values";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTIONS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/loggroup/ */
export const logGroup: ResourceType = {
  token: "aws:cloudwatch/logGroup:LogGroup",
  label: "CloudWatch Logs Log Group",
  tagged: true,
  autoName: { property: "name", maxLength: 512, prefixProperty: "namePrefix" },
  properties: {
    deletionProtectionEnabled: boolean({ computed: true }),
    kmsKeyId: string({}, isArn),
    logGroupClass: string({ computed: true, replaces: true }, oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY")),
    name: string(
      { computed: true, replaces: true },
      length(1, 512),
      matches(/^[a-zA-Z0-9_\-/.#]+$/, "expected letters, digits and _-/.# only"),
    ),
    namePrefix: string({ computed: true, replaces: true }),
    region: string({ computed: true, replaces: true }),
    retentionInDays: number({}, oneOf(...RETENTIONS)),
    skipDestroy: boolean({ default: false }),
  },
  outputs: ["arn"],
  async create(inputs, { models }) {
    const group = models.logs.createLogGroup({
      logGroupName: text(inputs, "name"),
      retentionInDays: optionalNumber(inputs, "retentionInDays"),
      kmsKeyId: optionalText(inputs, "kmsKeyId"),
      logGroupClass: optionalText(inputs, "logGroupClass"),
      deletionProtectionEnabled: flag(inputs, "deletionProtectionEnabled"),
      tags: textMap(inputs, "tagsAll"),
    });
    return group.logGroupName;
  },
  async read(id, { models }) {
    const found = models.logs.find(id);
    if (!found) return undefined;
    return {
      arn: found.arn,
      deletionProtectionEnabled: found.deletionProtectionEnabled,
      kmsKeyId: found.kmsKeyId ?? "",
      logGroupClass: found.logGroupClass,
      name: found.logGroupName,
      namePrefix: "",
      retentionInDays: found.retentionInDays,
      tagsAll: found.tags,
    };
  },
  async update(id, { news }, { models }) {
    models.logs.update(id, {
      retentionInDays: optionalNumber(news, "retentionInDays") ?? 0,
      kmsKeyId: optionalText(news, "kmsKeyId"),
      deletionProtectionEnabled: flag(news, "deletionProtectionEnabled"),
      tags: textMap(news, "tagsAll"),
    });
  },
  async delete(id, state, { models }) {
    if (state.skipDestroy !== true) models.logs.delete(id);
  },
};
