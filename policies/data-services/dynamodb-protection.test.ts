import { absent, resource, unknown } from "../testing/fixture";
import { testPolicy, undecided, violates } from "../testing/table";
import { dynamodbProtection } from "./dynamodb-protection";

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
    undecided("recovery not known yet", { "table.pointInTimeRecovery": { enabled: unknown } }, /pointInTimeRecovery/),
    undecided("protection not known yet", { "table.deletionProtectionEnabled": unknown }, /deletionProtectionEnabled/),
  ],
);
