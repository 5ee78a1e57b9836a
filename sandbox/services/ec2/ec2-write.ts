import { type Account, newId } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { operation } from "../../aws/operation";
import type { Operations } from "../../aws/service";
import type { Ec2 } from "./network";
import type { NewRule } from "./security-groups";

/** A permission as requests have it. */
interface Permission {
  IpProtocol?: string;
  FromPort?: number;
  ToPort?: number;
  UserIdGroupPairs?: { GroupId?: string }[];
  IpRanges?: { CidrIp?: string; Description?: string }[];
  PrefixListIds?: { PrefixListId?: string }[];
}

interface RuleRequest {
  GroupId?: string;
  SecurityGroupRuleIds?: string[];
  IpPermissions?: Permission[];
}

const owner = (interfaceId: string) => `ec2/${interfaceId}`;

/** What people change by hand in EC2's API: rules of security groups, subnets, interfaces of their own. */
export function ec2WriteApi(ec2: Ec2, account: Account): Operations {
  const { securityGroups, subnets, networkInterfaces } = ec2;
  const authorize = (isEgress: boolean) =>
    operation((input: RuleRequest) => {
      for (const rule of rulesOf(input, isEgress)) securityGroups.authorize(rule);
      return { Return: true };
    });
  const revoke = (isEgress: boolean) =>
    operation((input: RuleRequest) => {
      for (const ruleId of input.SecurityGroupRuleIds ?? []) securityGroups.revoke(ruleId);
      for (const wanted of rulesOf(input, isEgress)) {
        const rule = securityGroups.rulesOf(wanted.groupId, isEgress).find((candidate) => isSame(candidate, wanted));
        if (!rule) {
          throw new AwsError("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");
        }
        securityGroups.revoke(rule.securityGroupRuleId);
      }
      return { Return: true };
    });
  return {
    AuthorizeSecurityGroupIngress: authorize(false),
    AuthorizeSecurityGroupEgress: authorize(true),
    RevokeSecurityGroupIngress: revoke(false),
    RevokeSecurityGroupEgress: revoke(true),
    CreateSubnet: operation((input: { VpcId?: string; CidrBlock?: string; AvailabilityZone?: string }) => {
      const { VpcId = "", CidrBlock = "", AvailabilityZone } = input;
      const subnet = subnets.create({ vpcId: VpcId, cidrBlock: CidrBlock, availabilityZone: AvailabilityZone });
      return {
        Subnet: {
          SubnetId: subnet.subnetId,
          SubnetArn: account.arn("ec2", `subnet/${subnet.subnetId}`),
          State: "available",
          VpcId: subnet.vpcId,
          CidrBlock: subnet.cidrBlock,
          AvailabilityZone: subnet.availabilityZone,
          AvailableIpAddressCount: networkInterfaces.freeAddresses(subnet.subnetId),
        },
      };
    }),
    DeleteSubnet: operation(({ SubnetId = "" }: { SubnetId?: string }) => {
      subnets.delete(SubnetId);
      return { Return: true };
    }),
    CreateNetworkInterface: operation(
      (input: { SubnetId?: string; Description?: string; SecondaryPrivateIpAddressCount?: number }) => {
        const { SubnetId = "", Description = "", SecondaryPrivateIpAddressCount: secondary = 0 } = input;
        const holder = owner(newId("request"));
        const created = networkInterfaces.allocate(SubnetId, holder, Description);
        networkInterfaces.reserve(SubnetId, holder, secondary);
        return {
          NetworkInterface: {
            NetworkInterfaceId: created.id,
            SubnetId: created.subnetId,
            VpcId: created.vpcId,
            AvailabilityZone: created.availabilityZone,
            Description: created.description,
            PrivateIpAddress: created.privateIpAddress,
            Status: "pending",
          },
        };
      },
    ),
    DeleteNetworkInterface: operation(({ NetworkInterfaceId = "" }: { NetworkInterfaceId?: string }) => {
      const found = networkInterfaces.list().find(({ id }) => id === NetworkInterfaceId);
      if (!found) {
        throw new AwsError(
          "InvalidNetworkInterfaceID.NotFound",
          `The networkInterface ID '${NetworkInterfaceId}' does not exist`,
        );
      }
      if (!found.owner.startsWith(owner(""))) {
        throw new AwsError("OperationNotPermitted", "You are not allowed to manage 'ela-attach' attachments.");
      }
      networkInterfaces.release(found.owner);
      return { Return: true };
    }),
  };
}

/** One rule for each peer of each permission. */
function rulesOf({ GroupId = "", IpPermissions = [] }: RuleRequest, isEgress: boolean): NewRule[] {
  return IpPermissions.flatMap(({ IpProtocol = "-1", FromPort, ToPort, UserIdGroupPairs, IpRanges, PrefixListIds }) => {
    const base = { groupId: GroupId, isEgress, ipProtocol: IpProtocol, fromPort: FromPort, toPort: ToPort };
    return [
      ...(UserIdGroupPairs ?? []).map((peer) => ({ ...base, referencedSecurityGroupId: peer.GroupId })),
      ...(IpRanges ?? []).map((range) => ({ ...base, cidrIpv4: range.CidrIp, description: range.Description })),
      ...(PrefixListIds ?? []).map((list) => ({ ...base, prefixListId: list.PrefixListId })),
    ];
  });
}

function isSame(one: NewRule, other: NewRule): boolean {
  const key = (rule: NewRule) =>
    JSON.stringify([
      rule.ipProtocol,
      rule.fromPort ?? -1,
      rule.toPort ?? -1,
      rule.cidrIpv4 ?? rule.prefixListId ?? rule.referencedSecurityGroupId,
    ]);
  return key(one) === key(other);
}
