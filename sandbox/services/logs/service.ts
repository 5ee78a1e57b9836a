import { operation } from "../../aws/operation";
import { paginate } from "../../aws/paginate";
import { defineService } from "../service";
import { type LogGroup, type LogGroupChange, Logs } from "./groups";
import { logGroup } from "./log-group";

type OfGroup = { logGroupName?: string };
type OfArn = { resourceArn?: string };

const view = (group: LogGroup) => ({
  logGroupName: group.logGroupName,
  arn: `${group.arn}:*`,
  logGroupArn: group.arn,
  logGroupClass: group.logGroupClass,
  retentionInDays: group.retentionInDays || undefined,
  kmsKeyId: group.kmsKeyId,
  deletionProtectionEnabled: group.deletionProtectionEnabled,
  storedBytes: 0,
});

/** CloudWatch log groups: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export const logs = defineService({
  name: "logs",
  api: {
    form: "json",
    target: "Logs_20140328",
    async client(config) {
      const sdk = await import("@aws-sdk/client-cloudwatch-logs");
      return [sdk, new sdk.CloudWatchLogsClient(config).config];
    },
  },
  open: (context) => new Logs(context),
  operations: (groups) => {
    const change = ({ logGroupName = "" }: OfGroup, change: LogGroupChange) => {
      groups.update(logGroupName, change);
      return {};
    };
    return {
      CreateLogGroup: operation(({ logGroupName = "", ...input }: OfGroup & Partial<LogGroup>) => {
        const { kmsKeyId, logGroupClass, deletionProtectionEnabled, tags } = input;
        groups.createLogGroup({ logGroupName, kmsKeyId, logGroupClass, deletionProtectionEnabled, tags });
        return {};
      }),
      DescribeLogGroups: operation(
        (input: { logGroupNamePrefix?: string; logGroupNamePattern?: string; nextToken?: string; limit?: number }) => {
          const { logGroupNamePrefix: prefix = "", logGroupNamePattern: pattern = "" } = input;
          const matching = groups
            .list()
            .filter(({ logGroupName }) => logGroupName.startsWith(prefix) && logGroupName.includes(pattern));
          const page = paginate(matching, input.nextToken, input.limit, {
            fallback: 50,
            code: "InvalidParameterException",
          });
          return { logGroups: page.items.map(view), nextToken: page.nextToken };
        },
      ),
      PutRetentionPolicy: operation((input: OfGroup & { retentionInDays?: number }) =>
        change(input, { retentionInDays: input.retentionInDays }),
      ),
      DeleteRetentionPolicy: operation((input: OfGroup) => change(input, { retentionInDays: 0 })),
      AssociateKmsKey: operation((input: OfGroup & { kmsKeyId?: string }) =>
        change(input, { kmsKeyId: input.kmsKeyId }),
      ),
      DisassociateKmsKey: operation((input: OfGroup) => change(input, { kmsKeyId: undefined })),
      PutLogGroupDeletionProtection: operation(
        ({ logGroupIdentifier = "", ...input }: { logGroupIdentifier?: string; deletionProtectionEnabled?: boolean }) =>
          change(groups.byArn(logGroupIdentifier), { deletionProtectionEnabled: input.deletionProtectionEnabled }),
      ),
      ListTagsForResource: operation(({ resourceArn = "" }: OfArn) => ({ tags: groups.byArn(resourceArn).tags })),
      TagResource: operation(({ resourceArn = "", tags = {} }: OfArn & { tags?: Record<string, string> }) => {
        const group = groups.byArn(resourceArn);
        return change(group, { tags: { ...group.tags, ...tags } });
      }),
      UntagResource: operation(({ resourceArn = "", tagKeys = [] }: OfArn & { tagKeys?: string[] }) => {
        const group = groups.byArn(resourceArn);
        const left = Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key));
        return change(group, { tags: Object.fromEntries(left) });
      }),
      DeleteLogGroup: operation(({ logGroupName = "" }: OfGroup) => {
        groups.delete(logGroupName);
        return {};
      }),
    };
  },
  resources: [logGroup],
});
