/** IAM actions that somebody needs: those that only look, and those that change something. */
export interface Needs {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/** `of("ec2", "DescribeVpcs CreateVpc")` → `ec2:DescribeVpcs`, `ec2:CreateVpc` */
const of = (service: string, names: string) => names.split(/\s+/).map((name) => `${service}:${name}`);

const none: readonly string[] = [];
const ec2Tags = of("ec2", "CreateTags DeleteTags");
const balancerTags = of("elasticloadbalancing", "AddTags RemoveTags");
const warehouseTags = of("redshift-serverless", "TagResource UntagResource");
const readWarehouseTags = of("redshift-serverless", "ListTagsForResource");
const readWorkgroup = of("redshift-serverless", "GetWorkgroup");

/**
 * What the `aws` provider calls for each resource type of the fleet, its waiting and its cleaning up included. Source:
 * `internal/service/{ec2,elbv2,iam,kms,logs,redshiftserverless}` of hashicorp/terraform-provider-aws, on which the provider
 * stands. Tags are given with what creates, and need an action of their own.
 */
export const providerNeeds: Readonly<Record<string, Needs>> = {
  "aws:ec2/vpc:Vpc": {
    read: of("ec2", "DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups"),
    write: [...of("ec2", "CreateVpc ModifyVpcAttribute DeleteVpc"), ...ec2Tags],
  },
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": {
    read: of("ec2", "DescribeVpcs"),
    write: of("ec2", "AssociateVpcCidrBlock DisassociateVpcCidrBlock"),
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    read: of("ec2", "DescribeSecurityGroups"),
    write: [...of("ec2", "RevokeSecurityGroupIngress RevokeSecurityGroupEgress"), ...ec2Tags],
  },
  "aws:ec2/subnet:Subnet": {
    read: of("ec2", "DescribeSubnets DescribeNetworkInterfaces"),
    write: [...of("ec2", "CreateSubnet ModifySubnetAttribute DeleteSubnet"), ...ec2Tags],
  },
  "aws:ec2/routeTable:RouteTable": {
    read: of("ec2", "DescribeRouteTables"),
    write: [...of("ec2", "CreateRouteTable DisassociateRouteTable DeleteRouteTable"), ...ec2Tags],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    read: of("ec2", "DescribeRouteTables"),
    write: of("ec2", "AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation"),
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    read: of("ec2", "DescribeSecurityGroups DescribeNetworkInterfaces"),
    // A new group lets everything out until the provider takes that rule away.
    write: [...of("ec2", "CreateSecurityGroup RevokeSecurityGroupEgress DeleteSecurityGroup"), ...ec2Tags],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    read: of("ec2", "DescribeSecurityGroupRules"),
    write: [
      ...of("ec2", "AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress"),
      ...ec2Tags,
    ],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    read: of("ec2", "DescribeSecurityGroupRules"),
    write: [
      ...of("ec2", "AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress"),
      ...ec2Tags,
    ],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    read: of("ec2", "DescribeVpcEndpoints DescribePrefixLists"),
    write: [...of("ec2", "CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints"), ...ec2Tags],
  },
  "aws:ec2/flowLog:FlowLog": {
    read: of("ec2", "DescribeFlowLogs"),
    write: [...of("ec2", "CreateFlowLogs DeleteFlowLogs"), ...ec2Tags],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    read: of("logs", "DescribeLogGroups ListTagsForResource"),
    write: of(
      "logs",
      `CreateLogGroup PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey DisassociateKmsKey TagResource
      UntagResource DeleteLogGroup`,
    ),
  },
  "aws:iam/role:Role": {
    read: of("iam", "GetRole ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole"),
    write: of("iam", "CreateRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy TagRole UntagRole DeleteRole"),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    read: of("iam", "GetRolePolicy"),
    write: of("iam", "PutRolePolicy DeleteRolePolicy"),
  },
  "aws:kms/key:Key": {
    read: of("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags"),
    write: of(
      "kms",
      `CreateKey EnableKey DisableKey EnableKeyRotation DisableKeyRotation PutKeyPolicy UpdateKeyDescription TagResource
      UntagResource ScheduleKeyDeletion`,
    ),
  },
  "aws:kms/alias:Alias": { read: of("kms", "ListAliases"), write: of("kms", "CreateAlias UpdateAlias DeleteAlias") },
  "aws:lb/loadBalancer:LoadBalancer": {
    read: [
      ...of(
        "elasticloadbalancing",
        "DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeCapacityReservation DescribeTags",
      ),
      // After deletion, until its network interfaces are gone.
      ...of("ec2", "DescribeNetworkInterfaces"),
    ],
    write: [
      ...of(
        "elasticloadbalancing",
        "CreateLoadBalancer ModifyLoadBalancerAttributes SetSubnets SetSecurityGroups SetIpAddressType DeleteLoadBalancer",
      ),
      ...balancerTags,
    ],
  },
  "aws:lb/targetGroup:TargetGroup": {
    read: of("elasticloadbalancing", "DescribeTargetGroups DescribeTargetGroupAttributes DescribeTags"),
    write: [
      ...of(
        "elasticloadbalancing",
        "CreateTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup",
      ),
      ...balancerTags,
    ],
  },
  "aws:lb/listener:Listener": {
    read: of("elasticloadbalancing", "DescribeListeners DescribeListenerAttributes DescribeTags"),
    write: [
      ...of("elasticloadbalancing", "CreateListener ModifyListener ModifyListenerAttributes DeleteListener"),
      ...balancerTags,
    ],
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    read: of("elasticloadbalancing", "DescribeTargetHealth"),
    write: of("elasticloadbalancing", "RegisterTargets DeregisterTargets"),
  },
  "aws:redshiftserverless/namespace:Namespace": {
    read: [...of("redshift-serverless", "GetNamespace"), ...readWarehouseTags],
    write: [
      ...of("redshift-serverless", "CreateNamespace UpdateNamespace DeleteNamespace"),
      ...warehouseTags,
      // Redshift makes and keeps the administrator's secret with the rights of whoever asks for it:
      // https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration-permissions.html
      ...of("secretsmanager", "CreateSecret TagResource DescribeSecret UpdateSecret RotateSecret DeleteSecret"),
    ],
  },
  "aws:redshiftserverless/workgroup:Workgroup": {
    read: [
      ...readWorkgroup,
      ...readWarehouseTags,
      // What AWS's own AmazonRedshiftFullAccess has beside `redshift-serverless:*`: it looks at the network as the caller.
      ...of(
        "ec2",
        `DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeInternetGateways
        DescribeSecurityGroups DescribeSubnets DescribeVpcAttribute DescribeVpcs`,
      ),
    ],
    write: [...of("redshift-serverless", "CreateWorkgroup UpdateWorkgroup DeleteWorkgroup"), ...warehouseTags],
  },
  "aws:redshiftserverless/endpointAccess:EndpointAccess": {
    read: of("redshift-serverless", "GetEndpointAccess"),
    write: of("redshift-serverless", "CreateEndpointAccess UpdateEndpointAccess DeleteEndpointAccess"),
  },
  "aws:redshiftserverless/usageLimit:UsageLimit": {
    read: of("redshift-serverless", "GetUsageLimit"),
    write: of("redshift-serverless", "CreateUsageLimit UpdateUsageLimit DeleteUsageLimit"),
  },
};

/** SQL by the Data API, as the user of a secret. Whoever may do this may do to the data what that user may. */
const sql: Needs = {
  read: none,
  write: [
    ...of(
      "redshift-data",
      "ExecuteStatement BatchExecuteStatement DescribeStatement GetStatementResult CancelStatement",
    ),
    ...of("secretsmanager", "GetSecretValue"),
  ],
};

const targetHealth: Needs = { read: of("elasticloadbalancing", "DescribeTargetHealth"), write: none };

/** What the fleet's own resources call: classes of `components/`, operations of `redshift/`. */
export const dynamicNeeds: Readonly<Record<string, Needs>> = {
  SchemaMigrations: sql,
  Datashare: sql,
  DatashareGrant: sql,
  ConsumerDatabase: sql,
  ReaderAccess: sql,
  ReaderSecret: {
    read: of("secretsmanager", "DescribeSecret"),
    write: of(
      "secretsmanager",
      `GetSecretValue CreateSecret TagResource UpdateSecret PutSecretValue RestoreSecret DeleteSecret
      GetRandomPassword`,
    ),
  },
  WorkgroupParameters: { read: readWorkgroup, write: of("redshift-serverless", "UpdateWorkgroup") },
  // Compares what the stack's file says with what is deployed, and asks nobody.
  Placement: { read: none, write: none },
  DrainGate: targetHealth,
  HealthGate: targetHealth,
};

/** What the program looks up, whatever it makes. */
const lookUps: readonly string[] = of(
  "ec2",
  "DescribeAvailabilityZones DescribeVpcs DescribeSubnets DescribeRouteTables DescribeVpcEndpoints",
);

/** What `fleet check --no-sql` and `fleet recover` ask of AWS. With SQL, a check needs what deploying needs. */
const operatorReads: readonly string[] = [
  ...of("ec2", "DescribeSubnets DescribeSecurityGroups DescribeSecurityGroupRules DescribeVpcEndpoints"),
  ...of("ec2", "DescribeVpcs DescribeRouteTables DescribeFlowLogs"),
  ...of("elasticloadbalancing", "DescribeLoadBalancers DescribeListeners DescribeListenerAttributes"),
  ...of("elasticloadbalancing", "DescribeTargetGroups DescribeTargetGroupAttributes DescribeTargetHealth"),
  ...of("redshift-serverless", "ListNamespaces ListWorkgroups ListEndpointAccess ListUsageLimits"),
  ...of("kms", "ListKeys DescribeKey ListResourceTags"),
];

const everybody = [...Object.values(providerNeeds), ...Object.values(dynamicNeeds)];

/** All actions that only look: for previews, refreshes of AWS's own resources, and checks without SQL. */
export const readActions: readonly string[] = sorted([
  ...lookUps,
  ...operatorReads,
  ...everybody.flatMap(({ read }) => read),
]);

/** All actions that deploying needs beside those. */
export const writeActions: readonly string[] = sorted(everybody.flatMap(({ write }) => write));

function sorted(actions: readonly string[]): string[] {
  return [...new Set(actions)].sort();
}
