import { Role } from "@pulumi/aws/iam";
import { Key } from "@pulumi/aws/kms";
import { trust, type WarehouseChanges, warehouse } from "../parts";
import { platform } from "../platform";
import { bad, type Naming } from "../program";

/** A warehouse with one change in it. */
const wrong = (changes: WarehouseChanges) => (name: Naming) => {
  warehouse(name, platform().subnetIds, changes);
};

bad("public-warehouse", { "workgroup-not-public": ["workgroup"] }, wrong({ workgroup: { publiclyAccessible: true } }));
bad("no-routing", { "workgroup-enhanced-routing": ["workgroup"] }, wrong({ workgroup: { enhancedVpcRouting: false } }));
bad(
  "routing-forgotten",
  { "workgroup-enhanced-routing": ["workgroup"] },
  wrong({ workgroup: { enhancedVpcRouting: undefined } }),
);
bad("no-tls", { "workgroup-require-ssl": ["workgroup"] }, wrong({ workgroup: { configParameters: undefined } }));
bad(
  "tls-off",
  { "workgroup-require-ssl": ["workgroup"] },
  wrong({
    workgroup: {
      configParameters: [
        { parameterKey: "search_path", parameterValue: "airline, public" },
        { parameterKey: "require_ssl", parameterValue: "false" },
      ],
    },
  }),
);
bad("two-subnets", { "workgroup-three-zones": ["workgroup"] }, (name) => {
  warehouse(name, platform().subnetIds.slice(0, 2));
});
bad("subnets-in-two-zones", { "workgroup-three-zones": ["workgroup"] }, (name) => {
  const [a, b] = platform().subnetIds;
  warehouse(name, [a!, b!, b!]);
});
bad("tiny", { "workgroup-capacity": ["workgroup"] }, wrong({ workgroup: { baseCapacity: 4 } }));
bad("no-maximum", { "workgroup-capacity": ["workgroup"] }, wrong({ workgroup: { maxCapacity: undefined } }));
bad("huge", { "workgroup-capacity": ["workgroup"] }, wrong({ workgroup: { maxCapacity: 5632 } }));
bad(
  "upside-down",
  { "workgroup-capacity": ["workgroup"] },
  wrong({ workgroup: { baseCapacity: 128, maxCapacity: 64 } }),
);
bad("no-key", { "customer-managed-kms": ["namespace"] }, wrong({ namespace: { kmsKeyId: undefined } }));
bad(
  "no-key-for-secret",
  { "customer-managed-kms": ["namespace"] },
  wrong({ namespace: { adminPasswordSecretKmsKeyId: undefined } }),
);
bad(
  "key-of-aws",
  { "customer-managed-kms": ["namespace"], "fleet-one-key": ["namespace"] },
  wrong({ namespace: { kmsKeyId: "arn:aws:kms:us-east-1:111122223333:alias/aws/redshift" } }),
);
bad("another-key", { "fleet-one-key": ["namespace"] }, (name) => {
  const own = new Key(name("key"), { enableKeyRotation: true, deletionWindowInDays: 30 });
  warehouse(name, platform().subnetIds, { namespace: { kmsKeyId: own.arn } });
});
bad(
  "password-in-code",
  { "namespace-managed-password": ["namespace"] },
  wrong({ namespace: { manageAdminPassword: undefined, adminUserPassword: "Correct-Horse-7" } }),
);
bad(
  "no-password",
  { "namespace-managed-password": ["namespace"] },
  wrong({ namespace: { manageAdminPassword: undefined } }),
);
bad("admin", { "namespace-no-default-names": ["namespace"] }, wrong({ namespace: { adminUsername: "admin" } }));
bad("dev", { "namespace-no-default-names": ["namespace"] }, wrong({ namespace: { dbName: "dev" } }));
bad(
  "no-activity-log",
  { "namespace-log-exports": ["namespace"] },
  wrong({ namespace: { logExports: ["userlog", "connectionlog"] } }),
);
bad("no-limit", { "workgroup-usage-limit": ["workgroup"] }, wrong({ usageLimit: false }));
bad("strange-default-role", { "namespace-default-role": ["namespace"] }, (name) => {
  const copy = new Role(name("copy"), { assumeRolePolicy: trust("redshift-serverless.amazonaws.com") });
  const unload = new Role(name("unload"), { assumeRolePolicy: trust("redshift-serverless.amazonaws.com") });
  warehouse(name, platform().subnetIds, {
    namespace: { iamRoles: [copy.arn], defaultIamRoleArn: unload.arn },
  });
});
