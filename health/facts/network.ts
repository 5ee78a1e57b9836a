import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  type IpPermission,
} from "@aws-sdk/client-ec2";
import type { Clients } from "./clients";
import type { Network, Rule, Warehouse } from "./facts";
import { everyPage } from "./pages";

/** Services that warehouses, loaders and readers call. */
const calledServices = ["secretsmanager", "kms", "redshift-data", "logs"];

/** What EC2 says about the subnets of the workgroups, and every security group and service endpoint around them. */
export async function collectNetwork({ ec2, options }: Clients, warehouses: Warehouse[]): Promise<Network> {
  const subnetIds = [...new Set(warehouses.flatMap(({ workgroup }) => workgroup?.subnetIds ?? []))];
  if (subnetIds.length === 0) return { subnets: [], serviceEndpoints: [], groups: [] };
  // A filter, unlike a list of ids, also answers when one of the subnets is gone.
  const found = await everyPage(
    async (NextToken) => {
      const Filters = [{ Name: "subnet-id", Values: subnetIds }];
      const page = await ec2.send(new DescribeSubnetsCommand({ Filters, NextToken }), options);
      return { ...page, nextToken: page.NextToken };
    },
    (page) => page.Subnets,
  );
  const subnets = found.map((subnet) => ({
    id: subnet.SubnetId ?? "",
    vpcId: subnet.VpcId ?? "",
    cidr: subnet.CidrBlock ?? "",
    zone: subnet.AvailabilityZone ?? "",
    freeAddresses: subnet.AvailableIpAddressCount ?? 0,
  }));
  const Values = [...new Set(subnets.map(({ vpcId }) => vpcId))];
  const groups = await everyPage(
    async (NextToken) => {
      const Filters = [{ Name: "vpc-id", Values }];
      const page = await ec2.send(new DescribeSecurityGroupsCommand({ Filters, NextToken }), options);
      return { ...page, nextToken: page.NextToken };
    },
    (page) => page.SecurityGroups,
  );
  const endpoints = await everyPage(
    async (NextToken) => {
      const Filters = [{ Name: "vpc-id", Values }];
      const page = await ec2.send(new DescribeVpcEndpointsCommand({ Filters, NextToken }), options);
      return { ...page, nextToken: page.NextToken };
    },
    (page) => page.VpcEndpoints,
  );
  return {
    subnets,
    serviceEndpoints: endpoints
      .filter(({ VpcEndpointType, PrivateDnsEnabled }) => VpcEndpointType === "Interface" && PrivateDnsEnabled)
      .map(({ ServiceName = "", Groups = [] }) => ({
        service: ServiceName.slice(ServiceName.lastIndexOf(".") + 1),
        groupIds: Groups.flatMap(({ GroupId }) => GroupId ?? []),
      }))
      .filter(({ service }) => calledServices.includes(service)),
    groups: groups.map((group) => ({
      id: group.GroupId ?? "",
      name: group.GroupName ?? "",
      ingress: (group.IpPermissions ?? []).map(ruleOf),
      egress: (group.IpPermissionsEgress ?? []).map(ruleOf),
    })),
  };
}

function ruleOf(permission: IpPermission): Rule {
  return {
    protocol: permission.IpProtocol ?? "-1",
    fromPort: permission.FromPort ?? -1,
    toPort: permission.ToPort ?? -1,
    groupIds: (permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    cidrs: (permission.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
  };
}
