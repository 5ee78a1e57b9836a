import { integer } from "../framework/config";
import { definePolicy } from "../framework/policy";

/** What CloudWatch accepts, in days. */
const accepted = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logGroupRetention = definePolicy({
  name: "log-group-retention",
  area: "data-services",
  entry: 44,
  description: "A log group must say how long it keeps its logs, and keep them long enough.",
  why: "without a retention it keeps, and bills, them for ever; with a short one they are gone when they are asked for",
  mend: "set retentionInDays to a value that CloudWatch accepts, at least the minimum",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub CloudWatch.16", "CKV_AWS_66", "CKV_AWS_338"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16",
  parameters: {
    minimumDays: integer(
      30,
      "How many days logs are kept at least (CloudWatch.16 and CKV_AWS_338 ask for 365).",
      1,
      3653,
    ),
  },
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  checks: [
    (group, { config, violation }) => {
      const days = group.number("retentionInDays");
      if (!days) violation(`retentionInDays is ${days ?? "not set"}, which means for ever`);
      else if (days < config.minimumDays) violation(`retentionInDays is ${days}, less than ${config.minimumDays}`);
    },
  ],
  remedy: (_group, { minimumDays }) => ({ retentionInDays: accepted.find((days) => days >= minimumDays) }),
});
