import { isArn, number, oneOf, string } from "../../provider/resource/property";
import { resource } from "./resource";

/** https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/usagelimit/ */
export const usageLimit = resource({
  token: "aws:redshiftserverless/usageLimit:UsageLimit",
  label: "Redshift Serverless Usage Limit",
  properties: {
    amount: number({ required: true }),
    breachAction: string({ default: "log" }, oneOf("log", "emit-metric", "deactivate")),
    period: string({ default: "monthly", replaces: true }, oneOf("daily", "weekly", "monthly")),
    resourceArn: string({ required: true, replaces: true }, isArn),
    usageType: string({ required: true, replaces: true }, oneOf("serverless-compute", "cross-region-datasharing")),
  },
  outputs: ["arn"],
  id: "usageLimitId",
  members: { arn: "usageLimitArn" },
  create: ["CreateUsageLimit", "resourceArn", "usageType", "amount", "period", "breachAction"],
  read: { operation: "GetUsageLimit", at: "usageLimit" },
  update: [["UpdateUsageLimit", "amount", "breachAction"]],
  delete: "DeleteUsageLimit",
});
