import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { clusterSnapshots } from "./cluster-snapshots";

const prod = { stack: "prod" };

const copyType = "aws:redshift/snapshotCopy:SnapshotCopy";

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
    violates(
      "copies in another Region kept for a day",
      { copy: resource(copyType, { destinationRegion: "eu-west-1", retentionPeriod: 1 }) },
      /copy: retentionPeriod is 1, less than 7 days/,
      { becomes: { retentionPeriod: 7 } },
    ),
    violates(
      "copies left to the default, which is too short for the organization",
      { copy: resource(copyType, { destinationRegion: "eu-west-1" }), "dw.automatedSnapshotRetentionPeriod": 30 },
      /copy: retentionPeriod is not set, which means 7, less than 14 days/,
      { config: { minimumDays: 14 } },
    ),
    passes("copies kept by default", { copy: resource(copyType, { destinationRegion: "eu-west-1" }) }, prod),
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
