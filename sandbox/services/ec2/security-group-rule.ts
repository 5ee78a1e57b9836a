import type { IpPermission, SecurityGroupRule as RuleView } from "@aws-sdk/client-ec2";
import type { Account } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { type Input, operationsOf } from "../../aws/handlers";
import { tagList } from "../../aws/tags";
import type { CheckFailure } from "../../provider/grpc/provider";
import { between, length, number, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { defined, isMap, isUnknown, text, type ValueMap } from "../../provider/values";
import { describe, type Kind } from "./describe";
import type { Ec2, Sdk } from "./network";
import type { SecurityGroupRule } from "./records";
import { cidr, descriptionRule, resource } from "./resource";
import type { NewRule } from "./security-groups";
import { givenTags } from "./tags";

const kind: Kind<RuleView> = {
  id: "SecurityGroupRuleId",
  notFound: "InvalidSecurityGroupRuleId.NotFound",
  filters: ["group-id", "security-group-rule-id"],
};

type Permissions = Pick<Input<Sdk, "AuthorizeSecurityGroupIngress">, "GroupId" | "IpPermissions">;

export function ruleOperations({ securityGroups }: Ec2, account: Account) {
  const view = (rule: SecurityGroupRule): RuleView => ({
    SecurityGroupRuleId: rule.securityGroupRuleId,
    SecurityGroupRuleArn: account.arn("ec2", `security-group-rule/${rule.securityGroupRuleId}`),
    GroupId: rule.groupId,
    GroupOwnerId: account.accountId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.ipProtocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    CidrIpv4: rule.cidrIpv4,
    CidrIpv6: rule.cidrIpv6,
    PrefixListId: rule.prefixListId,
    ReferencedGroupInfo: rule.referencedSecurityGroupId
      ? { GroupId: rule.referencedSecurityGroupId, UserId: account.accountId }
      : undefined,
    Description: rule.description,
    Tags: tagList(rule.tags),
  });
  const authorize = (isEgress: boolean) => (input: Input<Sdk, "AuthorizeSecurityGroupIngress">) => {
    const tags = givenTags(input.TagSpecifications);
    const made = rulesOf(input, isEgress).map((rule) => securityGroups.authorize({ ...rule, tags }));
    return { Return: true, SecurityGroupRules: made.map(view) };
  };
  const revoke = (isEgress: boolean) => (input: Input<Sdk, "RevokeSecurityGroupIngress">) => {
    for (const ruleId of input.SecurityGroupRuleIds ?? []) securityGroups.revoke(ruleId);
    for (const wanted of rulesOf(input, isEgress)) {
      const rule = securityGroups.rulesOf(wanted.groupId, isEgress).find((candidate) => isSame(candidate, wanted));
      if (!rule) {
        throw new AwsError("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
      }
      securityGroups.revoke(rule.securityGroupRuleId);
    }
    return { Return: true };
  };
  return operationsOf<Sdk>({
    AuthorizeSecurityGroupIngress: authorize(false),
    AuthorizeSecurityGroupEgress: authorize(true),
    RevokeSecurityGroupIngress: revoke(false),
    RevokeSecurityGroupEgress: revoke(true),
    ModifySecurityGroupRules: ({ SecurityGroupRules }) => {
      for (const { SecurityGroupRuleId = "", SecurityGroupRule: rule = {} } of SecurityGroupRules ?? [])
        securityGroups.modifyRule(SecurityGroupRuleId, {
          ipProtocol: rule.IpProtocol ?? "-1",
          fromPort: rule.FromPort,
          toPort: rule.ToPort,
          cidrIpv4: rule.CidrIpv4,
          cidrIpv6: rule.CidrIpv6,
          prefixListId: rule.PrefixListId,
          referencedSecurityGroupId: rule.ReferencedGroupId,
          description: rule.Description,
        });
      return { Return: true };
    },
    DescribeSecurityGroupRules: (input) => {
      const { items, nextToken } = describe(
        kind,
        securityGroups.listRules().map(view),
        input.SecurityGroupRuleIds,
        input,
      );
      return { SecurityGroupRules: items, NextToken: nextToken };
    },
  });
}

/** One rule for each peer of each permission. */
export function rulesOf({ GroupId = "", IpPermissions = [] }: Permissions, isEgress: boolean): NewRule[] {
  return IpPermissions.flatMap((permission) => {
    const { IpProtocol = "-1", FromPort, ToPort } = permission;
    const base = { groupId: GroupId, isEgress, ipProtocol: IpProtocol, fromPort: FromPort, toPort: ToPort };
    const rule = (description: string | undefined, peer: Partial<NewRule>) => ({ ...base, description, ...peer });
    return [
      ...(permission.IpRanges ?? []).map((one) => rule(one.Description, { cidrIpv4: one.CidrIp })),
      ...(permission.Ipv6Ranges ?? []).map((one) => rule(one.Description, { cidrIpv6: one.CidrIpv6 })),
      ...(permission.PrefixListIds ?? []).map((one) => rule(one.Description, { prefixListId: one.PrefixListId })),
      ...(permission.UserIdGroupPairs ?? []).map((one) =>
        rule(one.Description, { referencedSecurityGroupId: one.GroupId }),
      ),
    ];
  });
}

/** The opposite: a permission for each rule. */
export function permissionOf(rule: Omit<NewRule, "groupId" | "isEgress">, UserId?: string): IpPermission {
  const { description: Description } = rule;
  return {
    IpProtocol: rule.ipProtocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    IpRanges: rule.cidrIpv4 ? [{ CidrIp: rule.cidrIpv4, Description }] : [],
    Ipv6Ranges: rule.cidrIpv6 ? [{ CidrIpv6: rule.cidrIpv6, Description }] : [],
    PrefixListIds: rule.prefixListId ? [{ PrefixListId: rule.prefixListId, Description }] : [],
    UserIdGroupPairs: rule.referencedSecurityGroupId
      ? [{ GroupId: rule.referencedSecurityGroupId, UserId, Description }]
      : [],
  };
}

function isSame(one: NewRule, other: NewRule): boolean {
  const key = (rule: NewRule) =>
    JSON.stringify([
      rule.ipProtocol,
      rule.fromPort ?? -1,
      rule.toPort ?? -1,
      rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.referencedSecurityGroupId,
    ]);
  return key(one) === key(other);
}

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;
const changeable = ["ipProtocol", "fromPort", "toPort", ...peers, "description"];

/** https://www.pulumi.com/registry/packages/aws/api-docs/vpc/securitygroupingressrule/ */
function ruleType(direction: "Ingress" | "Egress"): ResourceType {
  const name = `securityGroup${direction}Rule`;
  return resource({
    token: `aws:vpc/${name}:SecurityGroup${direction}Rule`,
    label: `VPC Security Group ${direction} Rule`,
    tagged: true,
    properties: {
      cidrIpv4: string({}, cidr),
      cidrIpv6: string(),
      description: string({}, length(0, 255), descriptionRule),
      fromPort: number({}, between(-1, 65_535)),
      ipProtocol: string({ required: true }),
      prefixListId: string(),
      referencedSecurityGroupId: string(),
      securityGroupId: string({ required: true, replaces: true }),
      toPort: number({}, between(-1, 65_535)),
    },
    outputs: ["arn", "securityGroupRuleId"],
    check: checkRule,
    id: "SecurityGroupRuleId",
    members: { arn: "SecurityGroupRuleArn", securityGroupId: "GroupId" },
    create: [`AuthorizeSecurityGroup${direction}`, "securityGroupId"],
    request: (inputs) => ({ IpPermissions: [{ ...permissionOf(ruleOf(inputs)) }] as ValueMap[] }),
    read: {
      operation: "DescribeSecurityGroupRules",
      at: "SecurityGroupRules",
      ids: "SecurityGroupRuleIds",
      gone: ({ IsEgress }) => IsEgress !== (direction === "Egress"),
    },
    optional: ["cidrIpv4", "cidrIpv6", "description", "prefixListId"],
    state({ FromPort = null, ToPort = null, ReferencedGroupInfo }, _context, before) {
      // EC2 says -1 where there are no ports; it is a value of its own for ICMP.
      const port = (name: string, value: ValueMap[string]) => (value === -1 && before[name] !== -1 ? null : value);
      return {
        fromPort: port("fromPort", FromPort),
        toPort: port("toPort", ToPort),
        referencedSecurityGroupId: isMap(ReferencedGroupInfo) ? (ReferencedGroupInfo.GroupId ?? null) : null,
      };
    },
    async apply(SecurityGroupRuleId, { news, olds, changed }, { call }) {
      if (olds.securityGroupId === undefined || !changeable.some((key) => changed.has(key))) return;
      const { ipProtocol, referencedSecurityGroupId, ...rule } = ruleOf(news);
      const SecurityGroupRule = defined({
        IpProtocol: ipProtocol,
        FromPort: rule.fromPort,
        ToPort: rule.toPort,
        CidrIpv4: rule.cidrIpv4,
        CidrIpv6: rule.cidrIpv6,
        PrefixListId: rule.prefixListId,
        ReferencedGroupId: referencedSecurityGroupId,
        Description: rule.description,
      });
      const GroupId = text(news, "securityGroupId");
      await call("ModifySecurityGroupRules", {
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
      });
    },
    async delete(id, state, { call }) {
      const GroupId = text(state, "securityGroupId");
      await call(`RevokeSecurityGroup${direction}`, { GroupId, SecurityGroupRuleIds: [id] });
    },
  });
}

function ruleOf(inputs: ValueMap) {
  const { fromPort, toPort } = inputs;
  const given = (key: string) =>
    typeof inputs[key] === "string" && inputs[key] !== "" ? text(inputs, key) : undefined;
  return {
    ipProtocol: text(inputs, "ipProtocol"),
    fromPort: typeof fromPort === "number" ? fromPort : undefined,
    toPort: typeof toPort === "number" ? toPort : undefined,
    cidrIpv4: given("cidrIpv4"),
    cidrIpv6: given("cidrIpv6"),
    prefixListId: given("prefixListId"),
    referencedSecurityGroupId: given("referencedSecurityGroupId"),
    description: given("description"),
  };
}

function checkRule(inputs: ValueMap): CheckFailure[] {
  const given = peers.filter((peer) => inputs[peer] !== undefined);
  const failures: CheckFailure[] = [];
  if (given.length !== 1) {
    const reason = `exactly one of ${peers.join(", ")} must be given, got ${given.length === 0 ? "none" : given.join(", ")}`;
    failures.push({ property: given[1] ?? "cidrIpv4", reason });
  }
  const { fromPort, toPort, ipProtocol } = inputs;
  if (ipProtocol === "-1" && (typeof fromPort === "number" || typeof toPort === "number")) {
    failures.push({ property: "fromPort", reason: "ports cannot be given when ipProtocol is -1 (all)" });
  } else if (!isUnknown(fromPort) && !isUnknown(toPort) && Number(fromPort) > Number(toPort)) {
    failures.push({ property: "toPort", reason: `toPort (${toPort}) must not be below fromPort (${fromPort})` });
  }
  return failures;
}

export const securityGroupIngressRule = ruleType("Ingress");
export const securityGroupEgressRule = ruleType("Egress");
