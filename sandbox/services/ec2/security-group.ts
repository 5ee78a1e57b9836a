import type { SecurityGroup as GroupView } from "@aws-sdk/client-ec2";
import type { Account } from "../../aws/account";
import { operationsOf } from "../../aws/handlers";
import { tagList } from "../../aws/tags";
import { boolean, length, list, matches, string } from "../../provider/resource/property";
import { type Declaration, lookUp } from "../../provider/resource/resource";
import type { TypeContext } from "../../provider/resource/resource-type";
import { maps, optionalText, type ValueMap } from "../../provider/values";
import { describe, type Kind } from "./describe";
import { blocksOf, permissionsOf } from "./inline-rules";
import type { Ec2, Sdk } from "./network";
import type { SecurityGroup } from "./records";
import { descriptionRule, one, resource, type Search } from "./resource";
import { permissionOf } from "./security-group-rule";
import { givenTags } from "./tags";

const kind: Kind<GroupView> = {
  id: "GroupId",
  notFound: "InvalidGroup.NotFound",
  filters: ["description", "group-id", "group-name", "owner-id", "vpc-id"],
};

export function groupOperations({ securityGroups }: Ec2, account: Account) {
  const permissions = (groupId: string, isEgress: boolean) =>
    securityGroups.rulesOf(groupId, isEgress).map((rule) => permissionOf(rule, account.accountId));
  const view = (group: SecurityGroup): GroupView => ({
    GroupId: group.groupId,
    SecurityGroupArn: account.arn("ec2", `security-group/${group.groupId}`),
    GroupName: group.groupName,
    Description: group.description,
    VpcId: group.vpcId,
    OwnerId: account.accountId,
    IpPermissions: permissions(group.groupId, false),
    IpPermissionsEgress: permissions(group.groupId, true),
    Tags: tagList(group.tags),
  });
  return operationsOf<Sdk>({
    CreateSecurityGroup: (input) => {
      const { GroupName = "", Description = "", VpcId = "", TagSpecifications } = input;
      const named = { groupName: GroupName, description: Description, vpcId: VpcId };
      const { groupId } = securityGroups.create({ ...named, tags: givenTags(TagSpecifications) });
      return { GroupId: groupId, SecurityGroupArn: account.arn("ec2", `security-group/${groupId}`) };
    },
    DescribeSecurityGroups: (input) => {
      const named = securityGroups.list().filter(({ groupName }) => input.GroupNames?.includes(groupName) ?? true);
      const { items, nextToken } = describe(kind, named.map(view), input.GroupIds, input);
      return { SecurityGroups: items, NextToken: nextToken };
    },
    DeleteSecurityGroup: ({ GroupId = "" }) => {
      securityGroups.delete(GroupId);
      return { Return: true, GroupId };
    },
  });
}

const common = {
  tagged: true,
  id: "GroupId",
  members: { name: "GroupName", arn: "SecurityGroupArn" },
  read: { operation: "DescribeSecurityGroups", at: "SecurityGroups", ids: "GroupIds" },
  state: (found, _context, _before, id) => ({
    egress: blocksOf(id, maps(found, "IpPermissionsEgress")),
    ingress: blocksOf(id, maps(found, "IpPermissions")),
    namePrefix: "",
  }),
  async apply(id, { news, changed, olds }, context) {
    // The provider takes away the rule that lets everything out, which AWS puts into each new group.
    const isNew = olds.vpcId === undefined;
    if (isNew || changed.has("egress")) await replaceRules(id, "Egress", news, context);
    if (isNew || changed.has("ingress")) await replaceRules(id, "Ingress", news, context);
  },
} satisfies Partial<Declaration>;

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/ */
export const securityGroup = resource({
  ...common,
  token: "aws:ec2/securityGroup:SecurityGroup",
  label: "EC2 Security Group",
  autoName: { property: "name", maxLength: 255, prefixProperty: "namePrefix" },
  properties: {
    description: string({ default: "Managed by Pulumi", replaces: true }, length(1, 255), descriptionRule),
    egress: list({ computed: true, unordered: true }),
    ingress: list({ computed: true, unordered: true }),
    name: string(
      { computed: true, replaces: true },
      length(1, 255),
      matches(/^(?!sg-)/, "the name of a security group must not begin with sg-"),
    ),
    revokeRulesOnDelete: boolean({ default: false }),
    vpcId: string({ computed: true, replaces: true }),
  },
  outputs: ["arn", "ownerId"],
  create: ["CreateSecurityGroup", "name", "description", "vpcId"],
  request: (inputs) => ({ VpcId: optionalText(inputs, "vpcId") ?? noDefaultVpc() }),
  delete: "DeleteSecurityGroup",
});

/** Takes over the default group of a VPC; it can be emptied and never deleted. */
export const defaultSecurityGroup = resource({
  ...common,
  token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  label: "EC2 Default Security Group",
  properties: {
    egress: list({ unordered: true }),
    ingress: list({ unordered: true }),
    revokeRulesOnDelete: boolean({ default: false }),
    vpcId: string({ computed: true, replaces: true }),
  },
  outputs: ["arn", "description", "name", "namePrefix", "ownerId"],
  async create(inputs, context) {
    const Filters = [
      { Name: "vpc-id", Values: [optionalText(inputs, "vpcId") ?? noDefaultVpc()] },
      { Name: "group-name", Values: ["default"] },
    ];
    const found = await lookUp(context, "DescribeSecurityGroups", { Filters }, "SecurityGroups");
    if (typeof found?.GroupId !== "string") throw new Error("reading EC2 Default Security Group: empty result");
    return found.GroupId;
  },
  async delete() {
    // It goes with its VPC.
  },
});

function noDefaultVpc(): never {
  throw new Error("VPCIdNotSpecified: No default VPC for this user; give vpcId.");
}

/** Brings a group's rules of one direction to what the inline blocks say. */
async function replaceRules(GroupId: string, direction: "Ingress" | "Egress", inputs: ValueMap, context: TypeContext) {
  const { call } = context;
  const found = await lookUp(context, "DescribeSecurityGroups", { GroupIds: [GroupId] }, "SecurityGroups");
  const before = maps(found ?? {}, direction === "Egress" ? "IpPermissionsEgress" : "IpPermissions");
  if (before.length > 0) await call(`RevokeSecurityGroup${direction}`, { GroupId, IpPermissions: before });
  const wanted = permissionsOf(GroupId, maps(inputs, direction === "Egress" ? "egress" : "ingress"));
  if (wanted.length > 0) await call(`AuthorizeSecurityGroup${direction}`, { GroupId, IpPermissions: wanted });
}

const search: Search = {
  type: securityGroup,
  operation: "DescribeSecurityGroups",
  at: "SecurityGroups",
  id: "GroupId",
  filters: { id: "group-id", name: "group-name", vpcId: "vpc-id" },
};

export const groupFunctions = { "aws:ec2/getSecurityGroup:getSecurityGroup": one(search) };
