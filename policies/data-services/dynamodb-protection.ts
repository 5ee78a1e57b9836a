import { definePolicy } from "../framework/policy";
import { objectCopy } from "../framework/raw";

export const dynamodbProtection = definePolicy({
  name: "dynamodb-protection",
  area: "data-services",
  entry: 40,
  description: "A DynamoDB table must have point-in-time recovery and deletion protection.",
  why: "state kept for the warehouse is otherwise lost by one slip",
  mend: "set pointInTimeRecovery.enabled and deletionProtectionEnabled to true",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub DynamoDB.2", "SecurityHub DynamoDB.6", "CKV_AWS_28"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-2",
  types: ["aws:dynamodb/table:Table"],
  checks: [
    (table, { violation }) => {
      const recovery = table.child("pointInTimeRecovery")?.flag("enabled");
      if (recovery !== true) violation(`pointInTimeRecovery.enabled is ${recovery ?? "not set, which means false"}`);
    },
    (table, { violation }) => {
      const kept = table.flag("deletionProtectionEnabled");
      if (kept !== true) violation(`deletionProtectionEnabled is ${kept ?? "not set, which means false"}`);
    },
  ],
  remedy: (table) => ({
    pointInTimeRecovery: { ...objectCopy(table.properties, "pointInTimeRecovery"), enabled: true },
    deletionProtectionEnabled: true,
  }),
});
