import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { clusterSnapshots } from "./cluster-snapshots";

const prod = { stack: "prod" };

testPolicy(
  clusterSnapshots,
  {
    dw: resource("aws:redshift/cluster:Cluster", {
      clusterIdentifier: "warehouse",
      automatedSnapshotRetentionPeriod: 7,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "warehouse-last",
    }),
  },
  [
    violates("kept for a day", { "dw.automatedSnapshotRetentionPeriod": 1 }, /is 1, less than 7 days/, {
      becomes: { automatedSnapshotRetentionPeriod: 7 },
    }),
    violates("not kept", { "dw.automatedSnapshotRetentionPeriod": 0 }, /is 0, less than 7 days/),
    violates("left to the default", { "dw.automatedSnapshotRetentionPeriod": absent }, /not set, which means 1 day/),
    violates("what the organization asks for", {}, /is 7, less than 30 days/, {
      config: { minimumDays: 30 },
      becomes: { automatedSnapshotRetentionPeriod: 30 },
    }),
    violates(
      "no final one in production",
      { "dw.finalSnapshotIdentifier": absent },
      /finalSnapshotIdentifier is not set/,
      { ...prod, becomes: { finalSnapshotIdentifier: "warehouse-final", skipFinalSnapshot: false } },
    ),
    violates(
      "skipped in production",
      { "dw.skipFinalSnapshot": true, "dw.automatedSnapshotRetentionPeriod": 35 },
      /skipFinalSnapshot is true/,
      { ...prod, becomes: { skipFinalSnapshot: false } },
    ),
    undecided(
      "days not known yet",
      { "dw.automatedSnapshotRetentionPeriod": unknown },
      /automatedSnapshotRetentionPeriod/,
    ),
    undecided("skipping not known yet", { "dw.skipFinalSnapshot": unknown }, /skipFinalSnapshot/, prod),
    passes("skipped elsewhere", { "dw.skipFinalSnapshot": true, "dw.finalSnapshotIdentifier": absent }),
    passes("a final one whose name is not known", { "dw.finalSnapshotIdentifier": unknown }, prod),
  ],
);
