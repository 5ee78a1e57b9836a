import { absent, ref, resource, unknown } from "../testing/fixture";
import { namedLater } from "../testing/named-later";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { clusterAuditLogging } from "./cluster-audit-logging";

testPolicy(
  clusterAuditLogging,
  {
    dw: resource("aws:redshift/cluster:Cluster", { clusterIdentifier: "warehouse" }),
    log: resource("aws:redshift/logging:Logging", {
      clusterIdentifier: ref("dw"),
      logDestinationType: "cloudwatch",
      logExports: ["connectionlog", "userlog", "useractivitylog"],
    }),
  },
  [
    violates("no logging", { log: absent }, /dw: nothing logs/),
    violates("that of another cluster", { "log.clusterIdentifier": "elsewhere" }, /dw: nothing logs/),
    violates("not of connections", { "log.logExports": ["userlog"] }, /logExports of log lacks connectionlog/),
    violates(
      "not of activity",
      { "log.logExports": ["userlog", "connectionlog"] },
      /logExports of log lacks useractivitylog/,
    ),
    undecided("exports not known yet", { "log.logExports": ["userlog", "connectionlog", unknown] }, /logExports/, {
      phases: ["preview"],
    }),
    passes("the cluster named in full", { "log.clusterIdentifier": "warehouse" }),
    passes("to a bucket", { "log.logDestinationType": "s3", "log.logExports": absent }),
    ...namedLater("dw.clusterIdentifier", "log.clusterIdentifier"),
  ],
);
