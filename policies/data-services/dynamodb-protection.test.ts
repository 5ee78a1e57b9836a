import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { dynamodbProtection } from "./dynamodb-protection";

const replicaType = "aws:dynamodb/tableReplica:TableReplica";
const replica = { regionName: "eu-west-1", pointInTimeRecovery: true, deletionProtectionEnabled: true };

testPolicy(
  dynamodbProtection,
  {
    table: resource("aws:dynamodb/table:Table", {
      hashKey: "id",
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    }),
  },
  [
    violates("no recovery", { "table.pointInTimeRecovery": absent }, /table: pointInTimeRecovery\.enabled is not set/, {
      becomes: { pointInTimeRecovery: { enabled: true } },
    }),
    violates(
      "recovery off",
      { "table.pointInTimeRecovery": { enabled: false, recoveryPeriodInDays: 7 } },
      /pointInTimeRecovery\.enabled is false/,
      { becomes: { pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 } } },
    ),
    violates("no protection", { "table.deletionProtectionEnabled": absent }, /deletionProtectionEnabled is not set/, {
      becomes: { deletionProtectionEnabled: true },
    }),
    violates(
      "protection off, recovery not known",
      { "table.deletionProtectionEnabled": false, "table.pointInTimeRecovery": unknown },
      /deletionProtectionEnabled is false/,
    ),
    violates(
      "a replica without recovery",
      { "table.replicas": [{ regionName: "eu-west-1", deletionProtectionEnabled: true }] },
      /table: replicas\[0\]\.pointInTimeRecovery is not set/,
      {
        becomes: {
          replicas: [{ regionName: "eu-west-1", deletionProtectionEnabled: true, pointInTimeRecovery: true }],
        },
      },
    ),
    violates(
      "a replica without protection, its recovery not known",
      { "table.replicas": [{ ...replica, deletionProtectionEnabled: false, pointInTimeRecovery: unknown }] },
      /table: replicas\[0\]\.deletionProtectionEnabled is false/,
    ),
    violates(
      "the second replica, where the first is not known",
      { "table.replicas": [unknown, { ...replica, pointInTimeRecovery: false }] },
      /table: replicas\[1\]\.pointInTimeRecovery is false/,
    ),
    violates(
      "a replica of its own without recovery",
      { there: resource(replicaType, { deletionProtectionEnabled: true }) },
      /there: pointInTimeRecovery is not set/,
    ),
    violates(
      "a replica of its own without protection",
      { there: resource(replicaType, { pointInTimeRecovery: true }) },
      /there: deletionProtectionEnabled is not set/,
    ),
    passes("replicas with both", {
      "table.replicas": [replica],
      there: resource(replicaType, { pointInTimeRecovery: true, deletionProtectionEnabled: true }),
    }),
    undecided("recovery not known yet", { "table.pointInTimeRecovery": { enabled: unknown } }, /pointInTimeRecovery/),
    undecided("protection not known yet", { "table.deletionProtectionEnabled": unknown }, /deletionProtectionEnabled/),
  ],
);
