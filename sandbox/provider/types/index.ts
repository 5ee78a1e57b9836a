import type { ResourceType } from "../resource/resource-type";
import { flowLog } from "./flow-log";
import { iamPolicy, iamRole, iamRolePolicy, iamRolePolicyAttachment } from "./iam";
import { kmsAlias, kmsKey } from "./kms";
import { listeners } from "./listener";
import { loadBalancers } from "./load-balancer";
import { logGroup } from "./logs";
import { statement } from "./redshift-data";
import { namespace } from "./redshift-serverless-namespace";
import { endpointAccess, resourcePolicy, usageLimit } from "./redshift-serverless-others";
import { workgroup } from "./redshift-serverless-workgroup";
import { routeTable, routeTableAssociation } from "./route-table";
import { s3Types } from "./s3";
import { secret, secretPolicy, secretVersion } from "./secretsmanager";
import { defaultSecurityGroup, securityGroup } from "./security-group";
import { securityGroupEgressRule, securityGroupIngressRule } from "./security-group-rule";
import { subnet } from "./subnet";
import { targetGroups } from "./target-group";
import { vpc } from "./vpc";
import { vpcCidrBlock } from "./vpc-cidr-block";
import { vpcEndpoint } from "./vpc-endpoint";

const types: ResourceType[] = [
  vpc,
  vpcCidrBlock,
  subnet,
  routeTable,
  routeTableAssociation,
  securityGroup,
  defaultSecurityGroup,
  securityGroupIngressRule,
  securityGroupEgressRule,
  vpcEndpoint,
  flowLog,
  kmsKey,
  kmsAlias,
  iamRole,
  iamRolePolicy,
  iamRolePolicyAttachment,
  iamPolicy,
  logGroup,
  ...s3Types,
  secret,
  secretVersion,
  secretPolicy,
  namespace,
  workgroup,
  endpointAccess,
  usageLimit,
  resourcePolicy,
  statement,
  ...loadBalancers,
  ...targetGroups,
  ...listeners,
];

/** The types with a behaviour of their own, by token. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(types.map((type) => [type.token, type]));
