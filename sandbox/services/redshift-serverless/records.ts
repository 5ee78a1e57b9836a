import type { Tags } from "../../aws/tags";

/** What the service remembers of its resources. Times are ISO 8601. The wire shapes are these without what is internal. */
export interface NamespaceRecord {
  namespaceId: string;
  namespaceArn: string;
  namespaceName: string;
  adminUsername: string;
  dbName: string;
  kmsKeyId: string;
  defaultIamRoleArn?: string;
  iamRoles: string[];
  logExports: string[];
  status: "AVAILABLE" | "MODIFYING" | "DELETING";
  creationDate: string;
  adminPasswordSecretArn?: string;
  adminPasswordSecretKmsKeyId?: string;
  tags: Tags;
  /** What a restore that has been accepted and has not ended wants. */
  restoring?: { snapshotName: string; managed: boolean; secretKmsKeyId?: string };
  /** Until then other namespaces and the Data API do not know it yet. */
  visibleAt: string;
}

export interface InterfaceRecord {
  networkInterfaceId: string;
  subnetId: string;
  privateIpAddress: string;
  availabilityZone: string;
}

export interface VpcEndpointRecord {
  vpcEndpointId: string;
  vpcId: string;
  networkInterfaces: InterfaceRecord[];
}

export interface ParameterRecord {
  parameterKey: string;
  parameterValue: string;
}

export interface WorkgroupRecord {
  workgroupId: string;
  workgroupArn: string;
  workgroupName: string;
  namespaceName: string;
  baseCapacity?: number;
  maxCapacity?: number;
  pricePerformanceTarget: { status: "ENABLED" | "DISABLED"; level?: number };
  enhancedVpcRouting: boolean;
  publiclyAccessible: boolean;
  configParameters: ParameterRecord[];
  securityGroupIds: string[];
  subnetIds: string[];
  port: number;
  ipAddressType: string;
  trackName: string;
  workgroupVersion: string;
  patchVersion: string;
  status: "CREATING" | "AVAILABLE" | "MODIFYING" | "DELETING";
  creationDate: string;
  endpoint: { address: string; port: number; vpcEndpoints: VpcEndpointRecord[] };
  tags: Tags;
  /** Why the last operation did not come to its end; the sandbox says it rather than hang. */
  failure?: string;
}

export interface EndpointRecord {
  endpointName: string;
  endpointArn: string;
  workgroupName: string;
  endpointStatus: "CREATING" | "ACTIVE" | "MODIFYING" | "DELETING";
  endpointCreateTime: string;
  address: string;
  port: number;
  subnetIds: string[];
  vpcSecurityGroups: { vpcSecurityGroupId: string; status: string }[];
  vpcEndpoint: VpcEndpointRecord;
}

export interface UsageLimitRecord {
  usageLimitId: string;
  usageLimitArn: string;
  resourceArn: string;
  usageType: string;
  amount: number;
  period: string;
  breachAction: string;
}

export interface SnapshotRecord {
  snapshotName: string;
  snapshotArn: string;
  namespaceName: string;
  namespaceArn: string;
  adminUsername: string;
  /** Internal: AWS's shape has none. */
  dbName: string;
  kmsKeyId: string;
  ownerAccount: string;
  snapshotCreateTime: string;
  /** In days; −1 keeps it until it is deleted. */
  snapshotRetentionPeriod: number;
  status: "CREATING" | "AVAILABLE" | "DELETED" | "FAILED";
  /** Of the namespace when it was made. */
  adminPasswordSecretArn?: string;
  adminPasswordSecretKmsKeyId?: string;
  tags: Tags;
}

export interface PolicyRecord {
  resourceArn: string;
  policy: string;
}
