import type { Resource } from "./deployment";

type Inputs = Readonly<Record<string, unknown>>;

/** Asks AWS. Every answer may hold more than what is looked for. */
export interface Account {
  /** Things of one kind: id and tags of each one in the VPC, or in the Region where none is given. */
  tagged(kind: TaggedKind, vpcId?: string): Promise<Tagged[]>;
  /** Rules of one security group. */
  rules(groupId: string): Promise<Rule[]>;
  /** Usage limits of one workgroup. */
  usageLimits(workgroupArn: string): Promise<UsageLimit[]>;
  routeTableAssociation(subnetId: string): Promise<string | undefined>;
  cidrBlockAssociation(vpcId: string, cidrBlock: string): Promise<string | undefined>;
  loadBalancerArn(name: string): Promise<string | undefined>;
  targetGroupArn(name: string): Promise<string | undefined>;
  listenerArn(loadBalancerArn: string, port: number): Promise<string | undefined>;
}

export interface Tagged {
  id: string;
  tags: Readonly<Record<string, string>>;
}

export type TaggedKind = "vpc" | "subnet" | "routeTable" | "securityGroup" | "vpcEndpoint" | "flowLog" | "key";

const ruleKeys = ["ipProtocol", "fromPort", "toPort", "cidrIpv4", "prefixListId", "referencedSecurityGroupId"] as const;
/** A rule of a security group, its parts called as in Pulumi. */
export type Rule = { id: string; egress: boolean } & { [Key in (typeof ruleKeys)[number]]?: string | number };

/** What tells a workgroup's usage limits apart, called as in Pulumi. */
export interface UsageLimit {
  id: string;
  usageType: string;
  period: string;
  breachAction: string;
}

/** How a resource whose creation was interrupted is found again. */
type Lookup = (inputs: Inputs, account: Account, known: ReadonlySet<string>) => Promise<string | undefined>;

const text = (inputs: Inputs, key: string): string => {
  const value = inputs[key];
  return typeof value === "string" ? value : "";
};

/** The id is what the inputs say; whether there is such a thing shows when it is read. */
const named =
  (key: string): Lookup =>
  async (inputs) =>
    text(inputs, key) || undefined;

/** The one thing with these tags that the state does not have already. */
const tagged =
  (kind: TaggedKind): Lookup =>
  async (inputs, account, known) => {
    const wanted = Object.entries(asRecord(inputs.tags));
    if (wanted.length === 0) return undefined;
    const all = await account.tagged(kind, text(inputs, "vpcId") || undefined);
    const fitting = all.filter(({ id, tags }) => !known.has(id) && wanted.every(([key, value]) => tags[key] === value));
    if (fitting.length > 1) {
      const tags = wanted.map(([key, value]) => `${key}=${value}`).join(", ");
      throw new Error(
        `${fitting.map(({ id }) => id).join(", ")} all have the tags ${tags}: delete those that no stack owns, then recover again.`,
      );
    }
    return fitting[0]?.id;
  };

/** AWS refuses a second rule that says the same. */
const rule =
  (egress: boolean): Lookup =>
  async (inputs, account) => {
    const same = (one: unknown, other: unknown) => (one ?? "") === (other ?? "");
    const rules = await account.rules(text(inputs, "securityGroupId"));
    return rules.find((found) => found.egress === egress && ruleKeys.every((key) => same(found[key], inputs[key])))?.id;
  };

/** Nor a second limit of one kind, period and action for a workgroup. */
const usageLimit: Lookup = async (inputs, account, known) => {
  const { usageType, period = "monthly", breachAction = "log" } = inputs;
  const limits = await account.usageLimits(text(inputs, "resourceArn"));
  return limits.find(
    (found) =>
      !known.has(found.id) &&
      found.usageType === usageType &&
      found.period === period &&
      found.breachAction === breachAction,
  )?.id;
};

const lookups: Readonly<Record<string, Lookup>> = {
  "aws:redshiftserverless/namespace:Namespace": named("namespaceName"),
  "aws:redshiftserverless/workgroup:Workgroup": named("workgroupName"),
  "aws:redshiftserverless/endpointAccess:EndpointAccess": named("endpointName"),
  "aws:redshiftserverless/usageLimit:UsageLimit": usageLimit,
  "aws:iam/role:Role": named("name"),
  "aws:iam/rolePolicy:RolePolicy": async (inputs) => `${text(inputs, "role")}:${text(inputs, "name")}`,
  "aws:kms/alias:Alias": named("name"),
  "aws:cloudwatch/logGroup:LogGroup": named("name"),
  "aws:lb/loadBalancer:LoadBalancer": (inputs, account) => account.loadBalancerArn(text(inputs, "name")),
  "aws:lb/targetGroup:TargetGroup": (inputs, account) => account.targetGroupArn(text(inputs, "name")),
  "aws:lb/listener:Listener": (inputs, account) =>
    account.listenerArn(text(inputs, "loadBalancerArn"), Number(inputs.port)),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule(false),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule(true),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": (inputs, account) =>
    account.routeTableAssociation(text(inputs, "subnetId")),
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": (inputs, account) =>
    account.cidrBlockAssociation(text(inputs, "vpcId"), text(inputs, "cidrBlock")),
  "aws:ec2/vpc:Vpc": tagged("vpc"),
  "aws:ec2/subnet:Subnet": tagged("subnet"),
  "aws:ec2/routeTable:RouteTable": tagged("routeTable"),
  "aws:ec2/securityGroup:SecurityGroup": tagged("securityGroup"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": tagged("vpcEndpoint"),
  "aws:ec2/flowLog:FlowLog": tagged("flowLog"),
  "aws:kms/key:Key": tagged("key"),
};

/** Types that an interrupted creation leaves nothing of: making them again finds, or overwrites, what is there. */
const repeatable = [
  /^pulumi-nodejs:dynamic\/redshift:/,
  /^aws:lb\/targetGroupAttachment:/,
  /^aws:iam\/rolePolicyAttachment:/,
  /^aws:ec2\/defaultSecurityGroup:/,
  /^command:local:/,
  /^pulumi:/,
];

export interface Found {
  /** URN → id of what the interrupted update may have made. */
  ids: Map<string, string>;
  /** Those that nobody can look up: a person has to see whether they are there. */
  unknown: Resource[];
}

/** Finds what interrupted creations have left in the account. @param known ids that the state has already */
export async function findCreated(
  creations: readonly Resource[],
  account: Account,
  known: ReadonlySet<string>,
): Promise<Found> {
  const found: Found = { ids: new Map(), unknown: [] };
  for (const resource of creations) {
    const lookup = lookups[resource.type];
    if (lookup) {
      const id = await lookup(resource.inputs ?? {}, account, known);
      if (id !== undefined) found.ids.set(resource.urn, id);
    } else if (!repeatable.some((pattern) => pattern.test(resource.type))) found.unknown.push(resource);
  }
  return found;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
