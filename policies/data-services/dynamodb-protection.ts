import { everyOne, type Node } from "../framework/peek";
import { definePolicy } from "../framework/policy";
import { listCopy, objectCopy } from "../framework/raw";

function isOff(replica: Node, key: string): string {
  return `${replica.path ? `${replica.path}.` : ""}${key} is ${replica.flag(key) ?? "not set, which means false"}`;
}

export const dynamodbProtection = definePolicy({
  name: "dynamodb-protection",
  area: "data-services",
  entry: 40,
  description: "A DynamoDB table, and each of its replicas, must have point-in-time recovery and deletion protection.",
  why: "state kept for the warehouse is otherwise lost by one slip",
  mend: "set pointInTimeRecovery.enabled and deletionProtectionEnabled to true",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub DynamoDB.2", "SecurityHub DynamoDB.6", "CKV_AWS_28"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-2",
  types: ["aws:dynamodb/table:Table", "aws:dynamodb/tableReplica:TableReplica"],
  checks: [
    (resource, { violation }) => {
      const table = resource.as("aws:dynamodb/table:Table");
      if (!table) return;
      const recovery = table.child("pointInTimeRecovery")?.flag("enabled");
      if (recovery !== true) violation(`pointInTimeRecovery.enabled is ${recovery ?? "not set, which means false"}`);
    },
    (table, { violation }) => {
      // A replica's settings are its own, and both are off by default.
      const replica = table.as("aws:dynamodb/tableReplica:TableReplica");
      if (replica && replica.flag("pointInTimeRecovery") !== true) violation(isOff(replica, "pointInTimeRecovery"));
    },
    (resource, { violation }) => {
      resource.as("aws:dynamodb/table:Table")?.each("replicas", (replica) => {
        everyOne(["pointInTimeRecovery", "deletionProtectionEnabled"], (key) => {
          if (replica.flag(key) !== true) violation(isOff(replica, key));
        });
      });
    },
    (table, { violation }) => {
      const kept = table.flag("deletionProtectionEnabled");
      if (kept !== true) violation(`deletionProtectionEnabled is ${kept ?? "not set, which means false"}`);
    },
  ],
  remedy: (resource) => {
    const kept = { deletionProtectionEnabled: true };
    if (resource.as("aws:dynamodb/tableReplica:TableReplica")) return { pointInTimeRecovery: true, ...kept };
    const replicas = listCopy(resource.properties, "replicas").map((replica) =>
      typeof replica === "object" ? { ...replica, pointInTimeRecovery: true, ...kept } : replica,
    );
    return {
      pointInTimeRecovery: { ...objectCopy(resource.properties, "pointInTimeRecovery"), enabled: true },
      ...kept,
      ...(replicas.length > 0 && { replicas }),
    };
  },
});
