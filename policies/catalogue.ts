import { balancerAccessLogs } from "./balancer/balancer-access-logs";
import { balancerInternal } from "./balancer/balancer-internal";
import { balancerTargets } from "./balancer/balancer-targets";
import { balancerZones } from "./balancer/balancer-zones";
import { bucketPublicAccessBlock } from "./data-services/bucket-public-access-block";
import { bucketTlsOnly } from "./data-services/bucket-tls-only";
import { bucketVersioning } from "./data-services/bucket-versioning";
import { dynamodbProtection } from "./data-services/dynamodb-protection";
import { firehoseDelivery } from "./data-services/firehose-delivery";
import { iamLeastPrivilege } from "./data-services/iam-least-privilege";
import { lambdaEnvironmentKey } from "./data-services/lambda-environment-key";
import { lambdaInVpc } from "./data-services/lambda-in-vpc";
import { lambdaPermissionScope } from "./data-services/lambda-permission-scope";
import { lambdaRuntime } from "./data-services/lambda-runtime";
import { lambdaTracing } from "./data-services/lambda-tracing";
import { logGroupRetention } from "./data-services/log-group-retention";
import { secretRotation } from "./data-services/secret-rotation";
import { customerManagedKms } from "./encryption/customer-managed-kms";
import { kmsKeyHygiene } from "./encryption/kms-key-hygiene";
import type { Policy } from "./framework/policy";
import { allowedRegions } from "./governance/allowed-regions";
import { noIgnoredSecurityChanges } from "./governance/no-ignored-security-changes";
import { protectStateful } from "./governance/protect-stateful";
import { requiredTags } from "./governance/required-tags";
import { waivers } from "./governance/waivers";
import { defaultSecurityGroupClosed } from "./network/default-security-group-closed";
import { noWorldIngress } from "./network/no-world-ingress";
import { securityRuleDescriptions } from "./network/security-rule-descriptions";
import { subnetNoPublicIp } from "./network/subnet-no-public-ip";
import { subnetPrefix } from "./network/subnet-prefix";
import { threeAvailabilityZones } from "./network/three-availability-zones";
import { vpcDns } from "./network/vpc-dns";
import { vpcEndpoints } from "./network/vpc-endpoints";
import { vpcFlowLogs } from "./network/vpc-flow-logs";
import { clusterAuditLogging } from "./provisioned/cluster-audit-logging";
import { clusterEncrypted } from "./provisioned/cluster-encrypted";
import { clusterEnhancedRouting } from "./provisioned/cluster-enhanced-routing";
import { clusterManagedPassword } from "./provisioned/cluster-managed-password";
import { clusterMultiAz } from "./provisioned/cluster-multi-az";
import { clusterNoDefaultNames } from "./provisioned/cluster-no-default-names";
import { clusterNodeTypes } from "./provisioned/cluster-node-types";
import { clusterNotPublic } from "./provisioned/cluster-not-public";
import { clusterSnapshots } from "./provisioned/cluster-snapshots";
import { parameterGroupSettings } from "./provisioned/parameter-group-settings";
import { subnetGroupThreeZones } from "./provisioned/subnet-group-three-zones";
import { fleetOneKey } from "./serverless/fleet-one-key";
import { namespaceDefaultRole } from "./serverless/namespace-default-role";
import { namespaceLogExports } from "./serverless/namespace-log-exports";
import { namespaceManagedPassword } from "./serverless/namespace-managed-password";
import { namespaceNoDefaultNames } from "./serverless/namespace-no-default-names";
import { workgroupCapacity } from "./serverless/workgroup-capacity";
import { workgroupEnhancedRouting } from "./serverless/workgroup-enhanced-routing";
import { workgroupNotPublic } from "./serverless/workgroup-not-public";
import { workgroupRequireSsl } from "./serverless/workgroup-require-ssl";
import { workgroupThreeZones } from "./serverless/workgroup-three-zones";
import { workgroupUsageLimit } from "./serverless/workgroup-usage-limit";
import { datashareConsumers } from "./sharing/datashare-consumers";
import { datashareNotPublic } from "./sharing/datashare-not-public";
import { redshiftResourcePolicy } from "./sharing/redshift-resource-policy";

/** Every policy of the pack. `waivers` comes first: it hands the waivers to the others. */
export const catalogue: readonly Policy[] = [
  waivers,
  threeAvailabilityZones,
  subnetPrefix,
  subnetNoPublicIp,
  defaultSecurityGroupClosed,
  noWorldIngress,
  securityRuleDescriptions,
  vpcFlowLogs,
  vpcDns,
  vpcEndpoints,
  workgroupNotPublic,
  workgroupEnhancedRouting,
  workgroupRequireSsl,
  workgroupThreeZones,
  workgroupCapacity,
  customerManagedKms,
  namespaceManagedPassword,
  namespaceNoDefaultNames,
  namespaceLogExports,
  fleetOneKey,
  workgroupUsageLimit,
  namespaceDefaultRole,
  clusterEncrypted,
  clusterEnhancedRouting,
  clusterNotPublic,
  clusterManagedPassword,
  clusterNoDefaultNames,
  clusterMultiAz,
  subnetGroupThreeZones,
  clusterSnapshots,
  clusterAuditLogging,
  parameterGroupSettings,
  clusterNodeTypes,
  datashareConsumers,
  datashareNotPublic,
  redshiftResourcePolicy,
  balancerInternal,
  balancerZones,
  balancerTargets,
  balancerAccessLogs,
  kmsKeyHygiene,
  bucketPublicAccessBlock,
  bucketTlsOnly,
  bucketVersioning,
  dynamodbProtection,
  lambdaEnvironmentKey,
  lambdaInVpc,
  lambdaPermissionScope,
  lambdaRuntime,
  lambdaTracing,
  firehoseDelivery,
  secretRotation,
  logGroupRetention,
  iamLeastPrivilege,
  requiredTags,
  protectStateful,
  allowedRegions,
  noIgnoredSecurityChanges,
];
