import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { clusterNoDefaultNames } from "./cluster-no-default-names";

testPolicy(
  clusterNoDefaultNames,
  {
    dw: resource("aws:redshift/cluster:Cluster", {
      clusterIdentifier: "dw",
      masterUsername: "fleetadmin",
      databaseName: "airline",
    }),
  },
  [
    violates("the default admin", { "dw.masterUsername": "awsuser" }, /masterUsername is "awsuser"/),
    violates("it in capitals", { "dw.masterUsername": "AWSuser" }, /masterUsername is "AWSuser"/),
    violates("no admin named", { "dw.masterUsername": absent }, /masterUsername is not set/),
    violates(
      "the default database",
      { "dw.databaseName": "dev", "dw.masterUsername": unknown },
      /databaseName is "dev"/,
    ),
    violates("no database named", { "dw.databaseName": absent }, /databaseName is not set/),
    violates(
      "restored under a default name",
      { "dw.snapshotIdentifier": "s", "dw.masterUsername": "awsuser" },
      /"awsuser"/,
    ),
    undecided("an admin not known yet", { "dw.masterUsername": unknown }, /masterUsername/),
    undecided("a database not known yet", { "dw.databaseName": unknown }, /databaseName/),
    passes("restored from a snapshot", {
      "dw.snapshotIdentifier": "s",
      "dw.masterUsername": absent,
      "dw.databaseName": absent,
    }),
    passes("restored by ARN", { "dw.snapshotArn": "arn:x", "dw.masterUsername": absent, "dw.databaseName": absent }),
  ],
);
