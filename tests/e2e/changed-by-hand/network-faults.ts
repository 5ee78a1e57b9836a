import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSubnetCommand,
  DescribeSubnetsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { type CheckedFleet, change } from "./checked-fleet";
import type { Fault, Faults } from "./fault";

const subnetIds = ({ subnets }: CheckedFleet) => subnets.map(({ SubnetId = "" }) => SubnetId);
const group = ({ groups }: CheckedFleet, part: string) =>
  groups.find(({ GroupName = "" }) => GroupName.includes(part))!;
const named = (checked: CheckedFleet, part: string) => {
  const { GroupName, GroupId } = group(checked, part);
  return `${GroupName} (${GroupId})`;
};

/** Takes away a group's rules that name another group. */
function closed(checked: CheckedFleet, of: string, way: "in" | "out", peer: string): Omit<Fault, "finds"> {
  const { ec2 } = checked.account;
  const { GroupId, IpPermissions = [], IpPermissionsEgress = [] } = group(checked, of);
  const all = way === "in" ? IpPermissions : IpPermissionsEgress;
  const rules = {
    GroupId,
    IpPermissions: all.filter(({ UserIdGroupPairs = [] }) =>
      UserIdGroupPairs.some((pair) => pair.GroupId === group(checked, peer).GroupId),
    ),
  };
  if (way === "in") {
    return {
      make: () => ec2.send(new RevokeSecurityGroupIngressCommand(rules)),
      undo: () => ec2.send(new AuthorizeSecurityGroupIngressCommand(rules)),
    };
  }
  return {
    make: () => ec2.send(new RevokeSecurityGroupEgressCommand(rules)),
    undo: () => ec2.send(new AuthorizeSecurityGroupEgressCommand(rules)),
  };
}

/** Subnets, zones, addresses and security groups. */
export const networkFaults: Faults = {
  "a subnet too small": (checked) => {
    const { account, first, subnets } = checked;
    let small: string;
    return {
      async make() {
        const { VpcId, AvailabilityZone } = subnets[0]!;
        const request = { VpcId, AvailabilityZone, CidrBlock: "10.0.255.192/26" };
        const { Subnet } = await account.ec2.send(new CreateSubnetCommand(request));
        small = Subnet!.SubnetId!;
        await change(account, first, { subnetIds: [...subnetIds(checked), small] });
      },
      async undo() {
        await change(account, first, { subnetIds: subnetIds(checked) });
        await account.ec2.send(new DeleteSubnetCommand({ SubnetId: small }));
      },
      finds: () => `subnets-large: Subnet ${small} (10.0.255.192/26, `,
    };
  },
  "a workgroup in two zones": (checked) => ({
    async make() {
      await change(checked.account, checked.second, { enhancedVpcRouting: false });
      await change(checked.account, checked.second, { subnetIds: subnetIds(checked).slice(0, 2) });
    },
    async undo() {
      await change(checked.account, checked.second, { subnetIds: subnetIds(checked) });
      await change(checked.account, checked.second, { enhancedVpcRouting: true });
    },
    finds: () => "zones: pool-2 is in 2 Availability Zones (us-east-1a, us-east-1b), not in 3",
  }),
  "a subnet without addresses": ({ account: { ec2 }, subnets }) => {
    const { SubnetId, CidrBlock } = subnets[1]!;
    let hoarder: string;
    return {
      async make() {
        const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId!] }));
        const { AvailableIpAddressCount = 0 } = Subnets[0]!;
        const request = { SubnetId, SecondaryPrivateIpAddressCount: AvailableIpAddressCount - 1 - 15 };
        const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand(request));
        hoarder = NetworkInterface!.NetworkInterfaceId!;
      },
      undo: () => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: hoarder })),
      finds: () => `addresses-left: Subnet ${SubnetId} (${CidrBlock}, us-east-1b) has 15 addresses left`,
    };
  },
  "consumers closed to the balancer": (checked) => ({
    ...closed(checked, "consumers", "in", "network-balancer"),
    finds: () => `security-groups: Security group ${named(checked, "consumers")} does not let the balancer in`,
  }),
  "the balancer not let out": (checked) => ({
    ...closed(checked, "network-balancer", "out", "consumers"),
    finds: () => `security-groups: Security group ${named(checked, "network-balancer")} does not let the balancer out`,
  }),
  "clients not let in to the balancer": (checked) => ({
    ...closed(checked, "network-balancer", "in", "clients"),
    finds: () =>
      `security-groups: Security group ${named(checked, "clients")} may reach the balancer on port 5439, but nothing there lets it in`,
  }),
  "clients not let out to the producer": (checked) => ({
    ...closed(checked, "clients", "out", "producer"),
    finds: () =>
      `security-groups: Members of security group ${named(checked, "clients")} are let in to producer on port 5439, but may not go out to it`,
  }),
};
