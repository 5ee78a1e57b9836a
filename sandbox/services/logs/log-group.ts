import { boolean, isArn, length, matches, number, oneOf, string } from "../../provider/resource/property";
import { resourcesOf } from "../../provider/resource/resource";
import { tagRecord } from "../../provider/resource/tagging";
import { isEmpty, maps, text, textMap } from "../../provider/values";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const resource = resourcesOf({
  capitals: false,
  tagging: {
    given: (inputs) => ({ tags: textMap(inputs, "tagsAll") }),
    read: async ({ logGroupArn }, _id, { call }) =>
      tagRecord((await call("ListTagsForResource", { resourceArn: logGroupArn! })).tags),
    put: (tags, _id, { arn }) => ["TagResource", { resourceArn: arn!, tags }],
    remove: (tagKeys, _id, { arn }) => ["UntagResource", { resourceArn: arn!, tagKeys }],
  },
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/loggroup/ */
export const logGroup = resource({
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
    retentionInDays: number({}, oneOf(...retentions)),
    skipDestroy: boolean({ default: false }),
  },
  outputs: ["arn"],
  id: "logGroupName",
  members: { arn: "logGroupArn", name: "logGroupName" },
  create: ["CreateLogGroup", "name", "kmsKeyId", "logGroupClass", "deletionProtectionEnabled"],
  /** Groups can only be looked for by the beginning of their names. */
  async find(logGroupName, { call }) {
    const { logGroups } = await call("DescribeLogGroups", { logGroupNamePrefix: logGroupName });
    return maps({ logGroups: logGroups ?? [] }, "logGroups").find((group) => group.logGroupName === logGroupName);
  },
  state: ({ kmsKeyId = "", retentionInDays = 0 }) => ({ kmsKeyId, retentionInDays }),
  async apply(logGroupName, { news, olds, changed }, { call }) {
    if (changed.has("retentionInDays")) {
      const { retentionInDays = 0 } = news;
      if (retentionInDays === 0) await call("DeleteRetentionPolicy", { logGroupName });
      else await call("PutRetentionPolicy", { logGroupName, retentionInDays });
    }
    if (olds.arn === undefined) return;
    if (changed.has("kmsKeyId")) {
      if (isEmpty(news.kmsKeyId)) await call("DisassociateKmsKey", { logGroupName });
      else await call("AssociateKmsKey", { logGroupName, kmsKeyId: text(news, "kmsKeyId") });
    }
    if (changed.has("deletionProtectionEnabled")) {
      const deletionProtectionEnabled = news.deletionProtectionEnabled === true;
      await call("PutLogGroupDeletionProtection", { logGroupIdentifier: text(olds, "arn"), deletionProtectionEnabled });
    }
  },
  async delete(logGroupName, { skipDestroy }, { call }) {
    if (skipDestroy !== true) await call("DeleteLogGroup", { logGroupName });
  },
});
