import { boolean, length, list, matches, string } from "../../provider/resource/property";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import {
  defined,
  isEmpty,
  maps,
  optionalNumber,
  optionalText,
  text,
  textMap,
  texts,
  type Value,
  type ValueMap,
} from "../../provider/values";
import type { SecurityGroupRule } from "./records";
import type { NewRule } from "./security-groups";

/** AWS accepts only these characters: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const DESCRIPTION = matches(
  /^[A-Za-z0-9._\-:/()#,@[\]+=&;{}!$*\s]*$/,
  "expected letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* only",
);

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/ */
export const securityGroup: ResourceType = {
  token: "aws:ec2/securityGroup:SecurityGroup",
  label: "EC2 Security Group",
  tagged: true,
  autoName: { property: "name", maxLength: 255, prefixProperty: "namePrefix" },
  properties: {
    description: string({ default: "Managed by Pulumi", replaces: true }, length(1, 255), DESCRIPTION),
    egress: list({ computed: true, unordered: true }),
    ingress: list({ computed: true, unordered: true }),
    name: string(
      { computed: true, replaces: true },
      length(1, 255),
      matches(/^(?!sg-)/, "the name of a security group must not begin with sg-"),
    ),
    namePrefix: string({ computed: true, replaces: true }),
    region: string({ computed: true, replaces: true }),
    revokeRulesOnDelete: boolean({ default: false }),
    vpcId: string({ computed: true, replaces: true }),
  },
  outputs: ["arn", "ownerId"],
  async create(inputs, context) {
    const { securityGroups } = context.models.ec2;
    const { groupId } = securityGroups.create({
      groupName: text(inputs, "name"),
      description: text(inputs, "description"),
      vpcId: optionalText(inputs, "vpcId") ?? noDefaultVpc(),
      tags: textMap(inputs, "tagsAll"),
    });
    // The provider takes away the rule that lets everything out, which AWS puts into each new group.
    replaceRules(groupId, true, inputs, context);
    replaceRules(groupId, false, inputs, context);
    return groupId;
  },
  read: readGroup,
  async update(id, { news, changed }, context) {
    if (changed.has("egress")) replaceRules(id, true, news, context);
    if (changed.has("ingress")) replaceRules(id, false, news, context);
    context.models.ec2.securityGroups.setTags(id, textMap(news, "tagsAll"));
  },
  async delete(id, _state, { models }) {
    models.ec2.securityGroups.delete(id);
  },
};

/** Takes over the default group of a VPC; it can be emptied and never deleted. */
export const defaultSecurityGroup: ResourceType = {
  token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  label: "EC2 Default Security Group",
  tagged: true,
  properties: {
    egress: list({ unordered: true }),
    ingress: list({ unordered: true }),
    region: string({ computed: true, replaces: true }),
    revokeRulesOnDelete: boolean({ default: false }),
    vpcId: string({ computed: true, replaces: true }),
  },
  outputs: ["arn", "description", "name", "namePrefix", "ownerId"],
  async create(inputs, context) {
    const { securityGroups, vpcs } = context.models.ec2;
    const { defaultSecurityGroupId } = vpcs.get(optionalText(inputs, "vpcId") ?? noDefaultVpc());
    replaceRules(defaultSecurityGroupId, true, inputs, context);
    replaceRules(defaultSecurityGroupId, false, inputs, context);
    securityGroups.setTags(defaultSecurityGroupId, textMap(inputs, "tagsAll"));
    return defaultSecurityGroupId;
  },
  read: readGroup,
  async update(id, { news, changed }, context) {
    if (changed.has("egress")) replaceRules(id, true, news, context);
    if (changed.has("ingress")) replaceRules(id, false, news, context);
    context.models.ec2.securityGroups.setTags(id, textMap(news, "tagsAll"));
  },
  async delete() {
    // It goes with its VPC.
  },
};

async function readGroup(id: string, { models, account }: TypeContext): Promise<ValueMap | undefined> {
  const { securityGroups } = models.ec2;
  const found = securityGroups.find(id);
  if (!found) return undefined;
  return {
    arn: account.arn("ec2", `security-group/${id}`),
    description: found.description,
    egress: grouped(id, securityGroups.rulesOf(id, true)),
    ingress: grouped(id, securityGroups.rulesOf(id, false)),
    name: found.groupName,
    namePrefix: "",
    ownerId: account.accountId,
    tagsAll: found.tags,
    vpcId: found.vpcId,
  };
}

function noDefaultVpc(): never {
  throw new Error("VPCIdNotSpecified: No default VPC for this user; give vpcId.");
}

/** Brings a group's rules of one direction to what the inline blocks say. */
function replaceRules(groupId: string, isEgress: boolean, inputs: ValueMap, { models }: TypeContext): void {
  const { securityGroups } = models.ec2;
  for (const rule of securityGroups.rulesOf(groupId, isEgress)) securityGroups.revoke(rule.securityGroupRuleId);
  for (const block of maps(inputs, isEgress ? "egress" : "ingress")) {
    for (const rule of rulesOf(block, groupId, isEgress)) securityGroups.authorize(rule);
  }
}

/** One inline block stands for a rule per peer. */
function rulesOf(block: ValueMap, groupId: string, isEgress: boolean): NewRule[] {
  const protocol = text(block, "protocol");
  const base: NewRule = {
    groupId,
    isEgress,
    ipProtocol: protocol === "all" ? "-1" : protocol,
    ...(protocol === "-1" || protocol === "all"
      ? {}
      : { fromPort: optionalNumber(block, "fromPort"), toPort: optionalNumber(block, "toPort") }),
    description: optionalText(block, "description"),
  };
  return [
    ...texts(block, "cidrBlocks").map((cidrIpv4) => ({ ...base, cidrIpv4 })),
    ...texts(block, "ipv6CidrBlocks").map((cidrIpv6) => ({ ...base, cidrIpv6 })),
    ...texts(block, "prefixListIds").map((prefixListId) => ({ ...base, prefixListId })),
    ...texts(block, "securityGroups").map((referencedSecurityGroupId) => ({ ...base, referencedSecurityGroupId })),
    ...(block.self === true ? [{ ...base, referencedSecurityGroupId: groupId }] : []),
  ];
}

/** Rules as inline blocks: those that differ only in their peer share a block. */
function grouped(groupId: string, rules: SecurityGroupRule[]): Value[] {
  const blocks = new Map<string, ValueMap>();
  for (const rule of rules) {
    const { ipProtocol, fromPort = 0, toPort = 0, description = "" } = rule;
    const key = JSON.stringify([ipProtocol, fromPort, toPort, description]);
    const block = blocks.get(key) ?? {
      protocol: ipProtocol,
      fromPort,
      toPort,
      description,
      cidrBlocks: [],
      ipv6CidrBlocks: [],
      prefixListIds: [],
      securityGroups: [],
      self: false,
    };
    blocks.set(key, block);
    if (rule.referencedSecurityGroupId === groupId) block.self = true;
    else add(block, "securityGroups", rule.referencedSecurityGroupId);
    add(block, "cidrBlocks", rule.cidrIpv4);
    add(block, "ipv6CidrBlocks", rule.cidrIpv6);
    add(block, "prefixListIds", rule.prefixListId);
  }
  return [...blocks.values()].map((block) =>
    defined(
      Object.fromEntries(
        Object.entries(block).filter(([, value]) => value !== "" && (!Array.isArray(value) || !isEmpty(value))),
      ),
    ),
  );
}

function add(block: ValueMap, key: string, value: string | undefined): void {
  if (value !== undefined) block[key] = [...texts(block, key), value];
}
