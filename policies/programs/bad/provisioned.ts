import { SubnetGroup } from "@pulumi/aws/redshift";
import { type ClusterChanges, cluster } from "../parts";
import { platform } from "../platform";
import { bad, type Naming } from "../program";

/** A cluster with one change in it. */
const wrong = (changes: ClusterChanges) => (name: Naming) => {
  cluster(name, platform().subnetGroup, changes);
};

bad("dw-clear", { "cluster-encrypted": ["cluster"] }, wrong({ cluster: { encrypted: "false" } }));
bad("dw-key-of-aws", { "customer-managed-kms": ["cluster"] }, wrong({ cluster: { kmsKeyId: undefined } }));
bad(
  "dw-secret-key",
  { "customer-managed-kms": ["cluster"] },
  wrong({ cluster: { masterPasswordSecretKmsKeyId: undefined } }),
);
bad(
  "dw-no-routing",
  { "cluster-enhanced-routing": ["cluster"] },
  wrong({ cluster: { enhancedVpcRouting: undefined } }),
);
bad("dw-public", { "cluster-not-public": ["cluster"] }, wrong({ cluster: { publiclyAccessible: true } }));
bad(
  "dw-password",
  { "cluster-managed-password": ["cluster"] },
  wrong({ cluster: { manageMasterPassword: undefined, masterPassword: "Correct-Horse-7" } }),
);
bad("dw-awsuser", { "cluster-no-default-names": ["cluster"] }, wrong({ cluster: { masterUsername: "awsuser" } }));
bad("dw-dev", { "cluster-no-default-names": ["cluster"] }, wrong({ cluster: { databaseName: "dev" } }));
bad("dw-one-zone", { "cluster-multi-az": ["cluster"] }, wrong({ cluster: { multiAz: false } }));
bad(
  "dw-one-zone-prod",
  { "cluster-multi-az": ["cluster"] },
  wrong({ cluster: { multiAz: false, availabilityZoneRelocationEnabled: true }, options: { protect: true } }),
  "prod",
);
bad("dw-one-day", { "cluster-snapshots": ["cluster"] }, wrong({ cluster: { automatedSnapshotRetentionPeriod: 1 } }));
bad(
  "dw-no-last-one",
  { "cluster-snapshots": ["cluster"] },
  wrong({ cluster: { skipFinalSnapshot: true, finalSnapshotIdentifier: undefined }, options: { protect: true } }),
  "prod",
);
bad("dw-no-log", { "cluster-audit-logging": ["cluster"] }, wrong({ logging: false }));
bad("dw-half-a-log", { "cluster-audit-logging": ["cluster"] }, wrong({ logging: ["userlog"] }));
bad(
  "dw-no-tls",
  { "parameter-group-settings": ["parameters"] },
  wrong({ parameters: [{ name: "enable_user_activity_logging", value: "true" }] }),
);
bad(
  "dw-silent",
  { "parameter-group-settings": ["parameters"] },
  wrong({
    parameters: [
      { name: "require_ssl", value: "true" },
      { name: "enable_user_activity_logging", value: "false" },
    ],
  }),
);
bad(
  "dw-default-group",
  { "parameter-group-settings": ["cluster"] },
  wrong({ cluster: { clusterParameterGroupName: "default.redshift-2.0" } }),
);
bad("dw-old-nodes", { "cluster-node-types": ["cluster"] }, wrong({ cluster: { nodeType: "dc2.large" } }));
bad("dw-two-zones", { "subnet-group-three-zones": ["subnets"] }, (name) => {
  new SubnetGroup(name("subnets"), { subnetIds: platform().subnetIds.slice(1) });
});
