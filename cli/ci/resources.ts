/** Where a stack lives, which its ARNs are made of. */
export interface Scope {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Twelve digits. */
  readonly account: string;
  /** Such as `us-east-1`. */
  readonly region: string;
  readonly project: string;
  readonly stack: string;
}

/** Starts of the names of the roles that the program makes for AWS's services: names of its resources, not of its stack. */
const rolePrefixes = ["producer-s3-", "network-flow-role-"];

/**
 * The ARNs of a service's resources that a stack may have, as narrow as they can be told before it is deployed. Ids are
 * AWS's to choose; names begin with project and stack where AWS takes them from us.
 */
const resources: Readonly<Record<string, (scope: Scope) => string[]>> = {
  ec2: (scope) =>
    ["route-table", "security-group", "security-group-rule", "subnet", "vpc", "vpc-endpoint", "vpc-flow-log"].map(
      (kind) => arn(scope, "ec2", `${kind}/*`),
    ),
  elasticloadbalancing: (scope) =>
    ["listener/net", "loadbalancer/net", "targetgroup"].map((kind) =>
      arn(scope, "elasticloadbalancing", `${kind}/balancer-*`),
    ),
  iam: roleArns,
  kms: (scope) => [arn(scope, "kms", "key/*"), arn(scope, "kms", `alias/${prefixOf(scope)}`)],
  logs: (scope) => [arn(scope, "logs", `log-group:/${prefixOf(scope)}/*`)],
  "redshift-data": (scope) => [arn(scope, "redshift-serverless", "workgroup/*")],
  "redshift-serverless": (scope) =>
    ["managedvpcendpoint", "namespace", "workgroup"].map((kind) => arn(scope, "redshift-serverless", `${kind}/*`)),
  secretsmanager: (scope) => [
    arn(scope, "secretsmanager", `secret:${scope.project}/${scope.stack}/*`),
    // The administrators' secrets, which Redshift names after the namespace.
    arn(scope, "secretsmanager", `secret:redshift!${prefixOf(scope)}-*`),
  ],
};

/**
 * Actions that AWS judges without a resource, so that a policy must say `*`: those without a "Resource types" entry in
 * https://docs.aws.amazon.com/service-authorization/latest/reference/ (September 2026).
 */
const withoutResource: readonly RegExp[] = [
  /^ec2:Describe(?!VpcAttribute$)/,
  /^elasticloadbalancing:Describe/,
  /^kms:(CreateKey|ListAliases|ListKeys)$/,
  /^logs:DescribeLogGroups$/,
  /^redshift-data:(CancelStatement|DescribeStatement|GetStatementResult)$/,
  /^redshift-serverless:(List(Namespaces|Workgroups|UsageLimits)|(Create|Get|Update|Delete)UsageLimit)$/,
  /^secretsmanager:GetRandomPassword$/,
];

/** The resources of a statement about an action, or `["*"]` where AWS knows no other. */
export function resourcesOf(action: string, scope: Scope): string[] {
  if (withoutResource.some((pattern) => pattern.test(action))) return ["*"];
  const [service = ""] = action.split(":");
  const found = resources[service];
  if (!found) throw new Error(`nothing is known of the resources of ${action}`);
  return found(scope);
}

/** The roles that a deployment makes and hands to AWS's services. */
export function roleArns({ partition, account }: Scope): string[] {
  return rolePrefixes.map((prefix) => `arn:${partition}:iam::${account}:role/${prefix}*`);
}

/** The start of names that AWS takes from the program. */
export function prefixOf({ project, stack }: Pick<Scope, "project" | "stack">): string {
  return `${project}-${stack}`;
}

function arn({ partition, region, account }: Scope, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
