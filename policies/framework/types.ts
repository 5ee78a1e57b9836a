// The resource types that policies speak of, with the types of their arguments. Types only: nothing of @pulumi/aws is
// loaded at run time, which would more than double the pack's start-up.
import type { EventTargetArgs, LogGroupArgs } from "@pulumi/aws/cloudwatch";
import type { TableArgs, TableReplicaArgs } from "@pulumi/aws/dynamodb";
import type {
  DefaultSecurityGroupArgs,
  DefaultSubnetArgs,
  FlowLogArgs,
  ManagedPrefixListArgs,
  ManagedPrefixListEntryArgs,
  SecurityGroupArgs,
  SecurityGroupRuleArgs,
  SubnetArgs,
  VpcArgs,
  VpcEndpointArgs,
} from "@pulumi/aws/ec2";
import type {
  GroupPolicyArgs,
  GroupPolicyAttachmentArgs,
  PolicyArgs,
  PolicyAttachmentArgs,
  RoleArgs,
  RolePolicyArgs,
  RolePolicyAttachmentArgs,
  UserPolicyArgs,
  UserPolicyAttachmentArgs,
} from "@pulumi/aws/iam";
import type { FirehoseDeliveryStreamArgs } from "@pulumi/aws/kinesis";
import type {
  AliasArgs,
  ExternalKeyArgs,
  KeyArgs,
  KeyPolicyArgs,
  ReplicaExternalKeyArgs,
  ReplicaKeyArgs,
} from "@pulumi/aws/kms";
import type { FunctionArgs, FunctionUrlArgs, InvocationArgs, PermissionArgs } from "@pulumi/aws/lambda";
import type { ListenerArgs, LoadBalancerArgs, TargetGroupArgs, TargetGroupAttachmentArgs } from "@pulumi/aws/lb";
import type {
  ClusterArgs,
  DataShareAuthorizationArgs,
  DataShareConsumerAssociationArgs,
  LoggingArgs,
  ParameterGroupArgs,
  SnapshotCopyArgs,
  SnapshotCopyGrantArgs,
  SubnetGroupArgs,
} from "@pulumi/aws/redshift";
import type { StatementArgs } from "@pulumi/aws/redshiftdata";
import type {
  EndpointAccessArgs,
  NamespaceArgs,
  ResourcePolicyArgs,
  UsageLimitArgs,
  WorkgroupArgs,
} from "@pulumi/aws/redshiftserverless";
import type {
  BucketArgs,
  BucketPolicyArgs,
  BucketPublicAccessBlockArgs,
  BucketReplicationConfigArgs,
  BucketServerSideEncryptionConfigurationArgs,
  BucketV2Args,
  BucketVersioningArgs,
} from "@pulumi/aws/s3";
import type { ScheduleArgs } from "@pulumi/aws/scheduler";
import type { SecretArgs, SecretRotationArgs, SecretVersionArgs } from "@pulumi/aws/secretsmanager";
import type { StateMachineArgs } from "@pulumi/aws/sfn";
import type { SecurityGroupEgressRuleArgs, SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc";

/** Resource type token → arguments. */
export interface Arguments {
  "aws:cloudwatch/eventTarget:EventTarget": EventTargetArgs;
  "aws:cloudwatch/logGroup:LogGroup": LogGroupArgs;
  "aws:dynamodb/table:Table": TableArgs;
  "aws:dynamodb/tableReplica:TableReplica": TableReplicaArgs;
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": DefaultSecurityGroupArgs;
  "aws:ec2/defaultSubnet:DefaultSubnet": DefaultSubnetArgs;
  "aws:ec2/flowLog:FlowLog": FlowLogArgs;
  "aws:ec2/managedPrefixList:ManagedPrefixList": ManagedPrefixListArgs;
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": ManagedPrefixListEntryArgs;
  "aws:ec2/securityGroup:SecurityGroup": SecurityGroupArgs;
  "aws:ec2/securityGroupRule:SecurityGroupRule": SecurityGroupRuleArgs;
  "aws:ec2/subnet:Subnet": SubnetArgs;
  "aws:ec2/vpc:Vpc": VpcArgs;
  "aws:ec2/vpcEndpoint:VpcEndpoint": VpcEndpointArgs;
  "aws:iam/groupPolicy:GroupPolicy": GroupPolicyArgs;
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": GroupPolicyAttachmentArgs;
  "aws:iam/policy:Policy": PolicyArgs;
  "aws:iam/policyAttachment:PolicyAttachment": PolicyAttachmentArgs;
  "aws:iam/role:Role": RoleArgs;
  "aws:iam/rolePolicy:RolePolicy": RolePolicyArgs;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": RolePolicyAttachmentArgs;
  "aws:iam/userPolicy:UserPolicy": UserPolicyArgs;
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": UserPolicyAttachmentArgs;
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": FirehoseDeliveryStreamArgs;
  "aws:kms/alias:Alias": AliasArgs;
  "aws:kms/externalKey:ExternalKey": ExternalKeyArgs;
  "aws:kms/key:Key": KeyArgs;
  "aws:kms/keyPolicy:KeyPolicy": KeyPolicyArgs;
  "aws:kms/replicaExternalKey:ReplicaExternalKey": ReplicaExternalKeyArgs;
  "aws:kms/replicaKey:ReplicaKey": ReplicaKeyArgs;
  "aws:lambda/function:Function": FunctionArgs;
  "aws:lambda/functionUrl:FunctionUrl": FunctionUrlArgs;
  "aws:lambda/invocation:Invocation": InvocationArgs;
  "aws:lambda/permission:Permission": PermissionArgs;
  "aws:lb/listener:Listener": ListenerArgs;
  "aws:lb/loadBalancer:LoadBalancer": LoadBalancerArgs;
  "aws:lb/targetGroup:TargetGroup": TargetGroupArgs;
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": TargetGroupAttachmentArgs;
  "aws:alb/listener:Listener": ListenerArgs;
  "aws:alb/loadBalancer:LoadBalancer": LoadBalancerArgs;
  "aws:alb/targetGroup:TargetGroup": TargetGroupArgs;
  "aws:alb/targetGroupAttachment:TargetGroupAttachment": TargetGroupAttachmentArgs;
  "aws:redshift/cluster:Cluster": ClusterArgs;
  "aws:redshift/dataShareAuthorization:DataShareAuthorization": DataShareAuthorizationArgs;
  "aws:redshift/dataShareConsumerAssociation:DataShareConsumerAssociation": DataShareConsumerAssociationArgs;
  "aws:redshift/logging:Logging": LoggingArgs;
  "aws:redshift/parameterGroup:ParameterGroup": ParameterGroupArgs;
  "aws:redshift/resourcePolicy:ResourcePolicy": ResourcePolicyArgs;
  "aws:redshift/snapshotCopy:SnapshotCopy": SnapshotCopyArgs;
  "aws:redshift/snapshotCopyGrant:SnapshotCopyGrant": SnapshotCopyGrantArgs;
  "aws:redshift/subnetGroup:SubnetGroup": SubnetGroupArgs;
  "aws:redshiftdata/statement:Statement": StatementArgs;
  "aws:redshiftserverless/endpointAccess:EndpointAccess": EndpointAccessArgs;
  "aws:redshiftserverless/namespace:Namespace": NamespaceArgs;
  "aws:redshiftserverless/resourcePolicy:ResourcePolicy": ResourcePolicyArgs;
  "aws:redshiftserverless/usageLimit:UsageLimit": UsageLimitArgs;
  "aws:redshiftserverless/workgroup:Workgroup": WorkgroupArgs;
  "aws:s3/bucket:Bucket": BucketArgs;
  "aws:s3/bucketV2:BucketV2": BucketV2Args;
  "aws:s3/bucketPolicy:BucketPolicy": BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": BucketPublicAccessBlockArgs;
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": BucketReplicationConfigArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketVersioning:BucketVersioning": BucketVersioningArgs;
  "aws:s3/bucketVersioningV2:BucketVersioningV2": BucketVersioningArgs;
  "aws:scheduler/schedule:Schedule": ScheduleArgs;
  "aws:secretsmanager/secret:Secret": SecretArgs;
  "aws:secretsmanager/secretRotation:SecretRotation": SecretRotationArgs;
  "aws:secretsmanager/secretVersion:SecretVersion": SecretVersionArgs;
  "aws:sfn/stateMachine:StateMachine": StateMachineArgs;
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": SecurityGroupEgressRuleArgs;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": SecurityGroupIngressRuleArgs;
  "command:local:Command": CommandInputs;
  "command:remote:Command": CommandInputs;
  "pulumi-nodejs:dynamic/redshift:ReaderSecret": ReaderSecretInputs;
  "pulumi-nodejs:dynamic/redshift:WorkgroupParameters": WorkgroupParametersInputs;
  "pulumi:providers:aws": ProviderInputs;
}
/** What a command runs, as far as a policy cares. */
interface CommandInputs {
  create: string;
  update: string;
  delete: string;
  stdin: string;
  triggers: unknown[];
  environment: Record<string, string>;
}
/** The config parameters of a workgroup, set by a dynamic resource of redshift-fleet's components. */
interface WorkgroupParametersInputs {
  workgroupName: string;
  parameters: Record<string, string>;
}
/** A reader's password in Secrets Manager, made by a dynamic resource of redshift-fleet's components. */
interface ReaderSecretInputs {
  secretName: string;
  kmsKeyId: string;
  /** The password is made anew when this number changes. */
  passwordGeneration: number;
}
interface ProviderInputs {
  region: string;
  defaultTags: unknown;
}
export type Token = keyof Arguments;
/** The property names of one type, or of any of several. */
export type KeyOf<T extends Token> = T extends Token ? keyof Arguments[T] & string : never;

// Sets of tokens for one thing with several names.
export const loadBalancers = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"] as const;
export const listenerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;
export const targetGroups = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;
export const targetAttachments = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
] as const;
export const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
export const bucketEncryption = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;
export const bucketVersioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;
export const iamPolicies = [
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
] as const;
export const policyAttachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
] as const;
export const securityGroupRules = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
] as const;
