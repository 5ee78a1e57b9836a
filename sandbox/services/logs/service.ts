import { type Input, operationsOf } from "../../aws/handlers";
import { paginate } from "../../aws/paginate";
import { defineService } from "../service";
import { type LogGroup, type LogGroupChange, Logs } from "./groups";
import { logGroup } from "./log-group";

type Sdk = typeof import("@aws-sdk/client-cloudwatch-logs");

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
    const change = ({ logGroupName = "" }: Partial<Input<Sdk, "DeleteLogGroup">>, change: LogGroupChange) => {
      groups.update(logGroupName, change);
      return {};
    };
    return operationsOf<Sdk>({
      CreateLogGroup: ({ logGroupName = "", kmsKeyId, logGroupClass, deletionProtectionEnabled, tags }) => {
        groups.createLogGroup({ logGroupName, kmsKeyId, logGroupClass, deletionProtectionEnabled, tags });
        return {};
      },
      DescribeLogGroups: (input) => {
        const { logGroupNamePrefix: prefix = "", logGroupNamePattern: pattern = "" } = input;
        const matching = groups
          .list()
          .filter(({ logGroupName }) => logGroupName.startsWith(prefix) && logGroupName.includes(pattern));
        const code = "InvalidParameterException";
        const page = paginate(matching, input.nextToken, input.limit, { fallback: 50, code });
        return { logGroups: page.items.map(view), nextToken: page.nextToken };
      },
      PutRetentionPolicy: (input) => change(input, { retentionInDays: input.retentionInDays }),
      DeleteRetentionPolicy: (input) => change(input, { retentionInDays: 0 }),
      AssociateKmsKey: (input) => change(input, { kmsKeyId: input.kmsKeyId }),
      DisassociateKmsKey: (input) => change(input, { kmsKeyId: undefined }),
      PutLogGroupDeletionProtection: ({ logGroupIdentifier = "", deletionProtectionEnabled }) =>
        change(groups.byArn(logGroupIdentifier), { deletionProtectionEnabled }),
      ListTagsForResource: ({ resourceArn = "" }) => ({ tags: groups.byArn(resourceArn).tags }),
      TagResource: ({ resourceArn = "", tags = {} }) => {
        const group = groups.byArn(resourceArn);
        return change(group, { tags: { ...group.tags, ...tags } });
      },
      UntagResource: ({ resourceArn = "", tagKeys = [] }) => {
        const group = groups.byArn(resourceArn);
        const left = Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key));
        return change(group, { tags: Object.fromEntries(left) });
      },
      DeleteLogGroup: ({ logGroupName = "" }) => {
        groups.delete(logGroupName);
        return {};
      },
    });
  },
  resources: [logGroup],
});
