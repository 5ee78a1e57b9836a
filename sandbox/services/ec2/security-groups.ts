import { newId } from "../../aws/account";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import type { Tags } from "../../aws/tags";
import { parseCidr } from "./cidr";
import type { NetworkInterfaces } from "./network-interfaces";
import type { SecurityGroup, SecurityGroupRule, Vpc } from "./records";

export type NewRule = Omit<SecurityGroupRule, "securityGroupRuleId" | "tags"> & { tags?: Tags };

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html */
export class SecurityGroups {
  private readonly groups;
  private readonly rules;
  private readonly vpcs;

  constructor(
    private readonly context: Context,
    private readonly interfaces: NetworkInterfaces,
  ) {
    this.groups = context.store.collection<SecurityGroup>("ec2/security-groups");
    this.rules = context.store.collection<SecurityGroupRule>("ec2/security-group-rules");
    this.vpcs = context.store.collection<Vpc>("ec2/vpcs");
  }

  /** A new group lets everything out, as on AWS. @throws AwsError `InvalidGroup.Duplicate`, `InvalidVpcID.NotFound` */
  create(request: { groupName: string; description: string; vpcId: string; tags?: Tags }): SecurityGroup {
    const { groupName, vpcId } = request;
    if (!this.vpcs.get(vpcId)) throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${vpcId}' does not exist`);
    if (this.list().some((group) => group.vpcId === vpcId && group.groupName === groupName)) {
      throw new AwsError(
        "InvalidGroup.Duplicate",
        `The security group '${groupName}' already exists for VPC '${vpcId}'`,
      );
    }
    return this.save({ ...request, groupId: newId("sg"), tags: request.tags ?? {} });
  }

  /** The group that a VPC is born with: its members may reach each other. */
  createDefault(vpcId: string): SecurityGroup {
    const group = this.save({
      groupId: newId("sg"),
      groupName: "default",
      description: "default VPC security group",
      vpcId,
      tags: {},
    });
    this.authorize({
      groupId: group.groupId,
      isEgress: false,
      ipProtocol: "-1",
      referencedSecurityGroupId: group.groupId,
    });
    return group;
  }

  deleteDefault(vpcId: string): void {
    for (const group of this.list())
      if (group.vpcId === vpcId && group.groupName === "default") this.drop(group.groupId);
  }

  find(groupId: string): SecurityGroup | undefined {
    return this.groups.get(groupId);
  }

  /** @throws AwsError `InvalidGroup.NotFound` */
  get(groupId: string): SecurityGroup {
    const group = this.groups.get(groupId);
    if (!group) throw new AwsError("InvalidGroup.NotFound", `The security group '${groupId}' does not exist`);
    return group;
  }

  list(): SecurityGroup[] {
    return this.groups.list();
  }

  /** @throws AwsError `DependencyViolation` while an interface wears it or another group's rule names it. */
  delete(groupId: string): void {
    const group = this.get(groupId);
    if (group.groupName === "default") {
      throw new AwsError(
        "CannotDelete",
        `the specified group: "${groupId}" name: "default" cannot be deleted by a user`,
      );
    }
    const worn = this.interfaces.list().some((used) => used.securityGroupIds.includes(groupId));
    const named = this.rules
      .list()
      .some((rule) => rule.referencedSecurityGroupId === groupId && rule.groupId !== groupId);
    if (worn || named) {
      throw new AwsError("DependencyViolation", `resource ${groupId} has a dependent object`);
    }
    this.drop(groupId);
  }

  /** Adds one rule. @throws AwsError `InvalidPermission.Duplicate`, `InvalidParameterValue`, `InvalidGroup.NotFound` */
  authorize(rule: NewRule): SecurityGroupRule {
    this.get(rule.groupId);
    this.checkPeer(rule);
    const same = this.rules.list().find((other) => identity(other) === identity(rule));
    if (same) {
      throw new AwsError("InvalidPermission.Duplicate", `the specified rule "${describe(rule)}" already exists`);
    }
    const { rulesPerSecurityGroup } = this.context.account.quotas;
    if (this.rulesOf(rule.groupId, rule.isEgress).length >= rulesPerSecurityGroup)
      throw new AwsError(
        "RulesPerSecurityGroupLimitExceeded",
        `The maximum number of rules per security group (${rulesPerSecurityGroup}) has been reached.`,
      );
    const saved: SecurityGroupRule = { ...rule, securityGroupRuleId: newId("sgr"), tags: rule.tags ?? {} };
    this.rules.put(saved.securityGroupRuleId, saved);
    return saved;
  }

  rule(ruleId: string): SecurityGroupRule | undefined {
    return this.rules.get(ruleId);
  }

  rulesOf(groupId: string, isEgress: boolean): SecurityGroupRule[] {
    return this.rules.list().filter((rule) => rule.groupId === groupId && rule.isEgress === isEgress);
  }

  listRules(): SecurityGroupRule[] {
    return this.rules.list();
  }

  modifyRule(ruleId: string, change: Partial<NewRule>): void {
    const rule = this.rules.get(ruleId);
    if (!rule) throw noRule(ruleId);
    const next = { ...rule, ...change };
    this.checkPeer(next);
    this.rules.put(ruleId, next);
  }

  revoke(ruleId: string): void {
    if (!this.rules.delete(ruleId)) throw noRule(ruleId);
  }

  private checkPeer(rule: NewRule): void {
    const { cidrIpv4, referencedSecurityGroupId } = rule;
    if (cidrIpv4 !== undefined && !parseCidr(cidrIpv4)) {
      throw new AwsError("InvalidParameterValue", `CIDR block ${cidrIpv4} is malformed`);
    }
    if (referencedSecurityGroupId !== undefined) this.get(referencedSecurityGroupId);
  }

  private save(group: SecurityGroup): SecurityGroup {
    this.groups.put(group.groupId, group);
    this.authorize({ groupId: group.groupId, isEgress: true, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" });
    return group;
  }

  private drop(groupId: string): void {
    for (const rule of this.rules.list()) if (rule.groupId === groupId) this.rules.delete(rule.securityGroupRuleId);
    this.groups.delete(groupId);
  }
}

/** Two rules with the same identity are the same permission; descriptions and tags do not count. */
function identity(rule: NewRule): string {
  const { groupId, isEgress, ipProtocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId } = rule;
  return JSON.stringify([
    groupId,
    isEgress,
    ipProtocol,
    fromPort ?? -1,
    toPort ?? -1,
    cidrIpv4 ?? cidrIpv6 ?? prefixListId ?? rule.referencedSecurityGroupId,
  ]);
}

function describe(rule: NewRule): string {
  const peer = rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.referencedSecurityGroupId;
  const protocol = rule.ipProtocol === "-1" ? "ALL" : rule.ipProtocol.toUpperCase();
  return `peer: ${peer}, ${protocol}, from port: ${rule.fromPort ?? -1}, to port: ${rule.toPort ?? -1}, ALLOW`;
}

function noRule(ruleId: string): AwsError {
  return new AwsError("InvalidSecurityGroupRuleId.NotFound", `The security group rule ID '${ruleId}' does not exist`);
}
