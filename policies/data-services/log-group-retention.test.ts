import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { logGroupRetention } from "./log-group-retention";

testPolicy(logGroupRetention, { logs: resource("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 30 }) }, [
  violates("for ever", { "logs.retentionInDays": absent }, /logs: retentionInDays is not set, which means for ever/, {
    becomes: { retentionInDays: 30 },
  }),
  violates("for ever, by zero", { "logs.retentionInDays": 0 }, /retentionInDays is 0, which means for ever/),
  violates("for a week", { "logs.retentionInDays": 7 }, /retentionInDays is 7, less than 30/),
  violates("what the organization asks for, as CloudWatch accepts it", {}, /is 30, less than 100/, {
    config: { minimumDays: 100 },
    becomes: { retentionInDays: 120 },
  }),
  undecided("not known yet", { "logs.retentionInDays": unknown }, /retentionInDays/),
  passes("for a year", { "logs.retentionInDays": 365 }),
]);
