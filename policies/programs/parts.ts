import {
  DefaultSecurityGroup,
  type DefaultSecurityGroupArgs,
  FlowLog,
  type FlowLogArgs,
  Subnet,
  type SubnetArgs,
  Vpc,
  type VpcArgs,
  VpcEndpoint,
} from "@pulumi/aws/ec2";
import {
  LoadBalancer,
  type LoadBalancerArgs,
  TargetGroup,
  type TargetGroupArgs,
  TargetGroupAttachment,
} from "@pulumi/aws/lb";
import { Cluster, type ClusterArgs, Logging, ParameterGroup } from "@pulumi/aws/redshift";
import {
  Namespace,
  type NamespaceArgs,
  UsageLimit,
  Workgroup,
  type WorkgroupArgs,
} from "@pulumi/aws/redshiftserverless";
import {
  Bucket,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from "@pulumi/aws/s3";
import type { Input, ResourceOptions } from "@pulumi/pulumi";
import type { Naming } from "./program";

// Sound parts that programs are put together from, as a team would write them by hand.

/** The team's key, made elsewhere. */
export const KEY = "arn:aws:kms:us-east-1:111122223333:key/0f3a7c52-8d41-4a55-9c1b-2f6d5e7a9b10";
export const SERVICES = ["s3", "secretsmanager", "kms", "redshift-data", "logs"];
const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];

export interface NetworkChanges {
  vpc?: Partial<VpcArgs>;
  zones?: string[];
  /** By the subnet's letter. */
  subnets?: Record<string, Partial<SubnetArgs>>;
  defaultGroup?: Partial<DefaultSecurityGroupArgs> | false;
  flowLog?: Partial<FlowLogArgs> | false;
  services?: string[];
}

export function network(name: Naming, changes: NetworkChanges = {}) {
  const { zones = ZONES, services = SERVICES } = changes;
  const vpc = new Vpc(name("vpc"), {
    cidrBlock: "10.20.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: true,
    ...changes.vpc,
  });
  const subnets = zones.map((availabilityZone, index) => {
    const letter = "abcdef"[index]!;
    return new Subnet(name(letter), {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: `10.20.${index * 2}.0/23`,
      ...changes.subnets?.[letter],
    });
  });
  if (changes.defaultGroup !== false)
    new DefaultSecurityGroup(name("default"), { vpcId: vpc.id, ...changes.defaultGroup });
  if (changes.flowLog !== false) {
    new FlowLog(name("flow"), {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: "arn:aws:s3:::acme-flow-logs",
      ...changes.flowLog,
    });
  }
  for (const service of services) {
    new VpcEndpoint(name(service), {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.us-east-1.${service}`,
      vpcEndpointType: service === "s3" ? "Gateway" : "Interface",
    });
  }
  return { vpc, subnets, subnetIds: subnets.map(({ id }) => id) };
}

export interface WarehouseChanges {
  namespace?: Partial<NamespaceArgs>;
  namespaceOptions?: ResourceOptions;
  workgroup?: Partial<WorkgroupArgs>;
  workgroupOptions?: ResourceOptions;
  usageLimit?: false;
}

/** A Redshift Serverless warehouse. */
export function warehouse(name: Naming, subnetIds: Input<string>[], changes: WarehouseChanges = {}) {
  const namespace = new Namespace(
    name("namespace"),
    {
      namespaceName: name("ns"),
      adminUsername: "operator",
      dbName: "airline",
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: KEY,
      kmsKeyId: KEY,
      logExports: ["userlog", "connectionlog", "useractivitylog"],
      ...changes.namespace,
    },
    changes.namespaceOptions,
  );
  const workgroup = new Workgroup(
    name("workgroup"),
    {
      namespaceName: namespace.namespaceName,
      workgroupName: name("wg"),
      baseCapacity: 32,
      maxCapacity: 128,
      enhancedVpcRouting: true,
      publiclyAccessible: false,
      subnetIds,
      configParameters: [{ parameterKey: "require_ssl", parameterValue: "true" }],
      ...changes.workgroup,
    },
    changes.workgroupOptions,
  );
  if (changes.usageLimit !== false) {
    new UsageLimit(name("limit"), { resourceArn: workgroup.arn, usageType: "serverless-compute", amount: 2000 });
  }
  return { namespace, workgroup };
}

export interface ClusterChanges {
  cluster?: Partial<ClusterArgs>;
  options?: ResourceOptions;
  parameters?: { name: string; value: string }[];
  logging?: false | string[];
}

/** A provisioned Redshift cluster. */
export function cluster(name: Naming, subnetGroup: Input<string>, changes: ClusterChanges = {}) {
  const parameters = new ParameterGroup(name("parameters"), {
    family: "redshift-2.0",
    parameters: changes.parameters ?? [
      { name: "require_ssl", value: "true" },
      { name: "enable_user_activity_logging", value: "true" },
    ],
  });
  const it = new Cluster(
    name("cluster"),
    {
      clusterIdentifier: name("dw"),
      nodeType: "ra3.xlplus",
      numberOfNodes: 2,
      databaseName: "airline",
      masterUsername: "operator",
      manageMasterPassword: true,
      masterPasswordSecretKmsKeyId: KEY,
      encrypted: "true",
      kmsKeyId: KEY,
      enhancedVpcRouting: true,
      publiclyAccessible: false,
      multiAz: true,
      clusterSubnetGroupName: subnetGroup,
      clusterParameterGroupName: parameters.name,
      automatedSnapshotRetentionPeriod: 14,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: name("final"),
      ...changes.cluster,
    },
    changes.options,
  );
  if (changes.logging !== false) {
    new Logging(name("logging"), {
      clusterIdentifier: it.clusterIdentifier,
      logDestinationType: "cloudwatch",
      logExports: changes.logging ?? ["connectionlog", "userlog", "useractivitylog"],
    });
  }
  return it;
}

export interface BalancerChanges {
  balancer?: Partial<LoadBalancerArgs>;
  group?: Partial<TargetGroupArgs>;
  targets?: string[];
}

/** An internal Network Load Balancer in front of Redshift. */
export function balancer(name: Naming, subnetIds: Input<string>[], changes: BalancerChanges = {}) {
  const front = new LoadBalancer(name("nlb"), {
    name: name("nlb").slice(-32),
    loadBalancerType: "network",
    internal: true,
    enableCrossZoneLoadBalancing: true,
    enableDeletionProtection: true,
    subnets: subnetIds,
    ...changes.balancer,
  });
  const group = new TargetGroup(name("group"), {
    name: name("group").slice(-32),
    port: 5439,
    protocol: "TCP",
    targetType: "ip",
    preserveClientIp: "false",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    healthCheck: { enabled: true, protocol: "TCP", interval: 10 },
    ...changes.group,
  });
  for (const [index, targetId] of (changes.targets ?? ["10.20.0.10", "10.20.2.10"]).entries()) {
    new TargetGroupAttachment(name(`target-${index}`), { targetGroupArn: group.arn, targetId, port: 5439 });
  }
  return { front, group };
}

export interface BucketChanges {
  /** Fixed, so that policies on it are known at preview. */
  bucketName: string;
  access?:
    | Partial<Record<"blockPublicAcls" | "blockPublicPolicy" | "ignorePublicAcls" | "restrictPublicBuckets", boolean>>
    | false;
  encryption?: { sseAlgorithm: string; kmsMasterKeyId?: string } | false;
  tlsOnly?: false;
  versioning?: string | false;
  options?: ResourceOptions;
}

/** A bucket for files that go into, or come out of, the warehouse. */
export function bucket(name: Naming, changes: BucketChanges, tags?: Record<string, string>) {
  const it = new Bucket(name("bucket"), { bucket: changes.bucketName, tags }, changes.options);
  if (changes.access !== false) {
    new BucketPublicAccessBlock(name("access"), {
      bucket: it.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      ...changes.access,
    });
  }
  if (changes.encryption !== false) {
    new BucketServerSideEncryptionConfiguration(name("encryption"), {
      bucket: it.bucket,
      rules: [
        { applyServerSideEncryptionByDefault: changes.encryption ?? { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY } },
      ],
    });
  }
  if (changes.tlsOnly !== false) {
    new BucketPolicy(name("policy"), { bucket: it.bucket, policy: tlsOnly(changes.bucketName) });
  }
  if (changes.versioning !== false) {
    new BucketVersioning(name("versioning"), {
      bucket: it.bucket,
      versioningConfiguration: { status: changes.versioning ?? "Enabled" },
    });
  }
  return it;
}

/** A bucket's policy that turns away requests without TLS. */
export function tlsOnly(bucketName: string): string {
  const arn = `arn:aws:s3:::${bucketName}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}

/** Lets workflows of GitHub whose tokens have these claims take on a role. */
export function trustGitHub(claims: Record<string, string>): string {
  const issuer = "token.actions.githubusercontent.com";
  const required = Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: Object.fromEntries(required) },
      },
    ],
  });
}

/** A trust policy for an AWS service. */
export function trust(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

/** A policy that allows some actions on some resources. */
export function allow(actions: string | string[], resources: string | string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: resources }],
  });
}
