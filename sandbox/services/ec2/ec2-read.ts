import type { Account } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { operation } from "../../aws/operation";
import type { Operations } from "../../aws/service";
import { tagList } from "../../aws/tags";
import { type Filter, field, filter, type Row, select } from "./ec2-rows";
import type { Ec2 } from "./network";
import type { Route } from "./records";

/** The reading part of EC2's API over the account's model, under the names that AWS's SDKs have for them. */
export function ec2ReadApi(ec2: Ec2, account: Account): Operations {
  const common = { "vpc-id": field("VpcId"), "subnet-id": field("SubnetId") };
  return {
    DescribeVpcs: operation((input: { VpcIds?: string[]; Filters?: Filter[] }) => {
      const rows: Row[] = ec2.vpcs.list().map((vpc) => ({
        VpcId: vpc.vpcId,
        OwnerId: account.accountId,
        State: "available",
        CidrBlock: vpc.cidrBlock,
        CidrBlockAssociationSet: ec2.cidrBlocks.associations(vpc).map(({ associationId, cidrBlock }) => ({
          AssociationId: associationId,
          CidrBlock: cidrBlock,
          CidrBlockState: { State: "associated" },
        })),
        InstanceTenancy: vpc.instanceTenancy,
        IsDefault: false,
        Tags: tagList(vpc.tags),
      }));
      const found = select(rows, input.VpcIds, "VpcId", "InvalidVpcID.NotFound");
      return { Vpcs: filter(found, input.Filters, { ...common, cidr: field("CidrBlock") }) };
    }),
    DescribeVpcAttribute: operation((input: { VpcId?: string; Attribute?: string }) => {
      const vpc = ec2.vpcs.get(input.VpcId ?? "");
      const value: Record<string, boolean> = {
        EnableDnsSupport: vpc.enableDnsSupport,
        EnableDnsHostnames: vpc.enableDnsHostnames,
      };
      const attribute = input.Attribute ?? "";
      if (!Object.hasOwn(value, attribute)) {
        throw new AwsError("InvalidParameterValue", `The attribute '${attribute}' is not implemented by the sandbox.`);
      }
      return { VpcId: vpc.vpcId, [attribute]: { Value: value[attribute] } };
    }),
    DescribeSubnets: operation((input: { SubnetIds?: string[]; Filters?: Filter[] }) => {
      const rows: Row[] = ec2.subnets.list().map((subnet) => ({
        SubnetId: subnet.subnetId,
        SubnetArn: account.arn("ec2", `subnet/${subnet.subnetId}`),
        State: "available",
        VpcId: subnet.vpcId,
        CidrBlock: subnet.cidrBlock,
        AvailableIpAddressCount: ec2.networkInterfaces.freeAddresses(subnet.subnetId),
        AvailabilityZone: subnet.availabilityZone,
        AvailabilityZoneId: subnet.availabilityZoneId,
        MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
        Tags: tagList(subnet.tags),
      }));
      const found = select(rows, input.SubnetIds, "SubnetId", "InvalidSubnetID.NotFound");
      return {
        Subnets: filter(found, input.Filters, { ...common, "availability-zone": field("AvailabilityZone") }),
      };
    }),
    DescribeAvailabilityZones: operation((input: { ZoneNames?: string[] }) => ({
      AvailabilityZones: account.azs
        .filter(({ name }) => input.ZoneNames === undefined || input.ZoneNames.includes(name))
        .map(({ name, id }) => ({
          ZoneName: name,
          ZoneId: id,
          State: "available",
          RegionName: account.region,
          ZoneType: "availability-zone",
          OptInStatus: "opt-in-not-required",
        })),
    })),
    DescribeNetworkInterfaces: operation((input: { NetworkInterfaceIds?: string[]; Filters?: Filter[] }) => {
      const rows: Row[] = ec2.networkInterfaces.list().map((networkInterface) => ({
        NetworkInterfaceId: networkInterface.id,
        SubnetId: networkInterface.subnetId,
        VpcId: networkInterface.vpcId,
        AvailabilityZone: networkInterface.availabilityZone,
        Description: networkInterface.description,
        OwnerId: account.accountId,
        RequesterManaged: true,
        Status: "in-use",
        PrivateIpAddress: networkInterface.privateIpAddress,
        Groups: networkInterface.securityGroupIds.map((GroupId) => ({ GroupId })),
        PrivateIpAddresses: [{ PrivateIpAddress: networkInterface.privateIpAddress, Primary: true }],
        Tags: [],
      }));
      const found = select(rows, input.NetworkInterfaceIds, "NetworkInterfaceId", "InvalidNetworkInterfaceID.NotFound");
      return {
        NetworkInterfaces: filter(found, input.Filters, {
          ...common,
          "network-interface-id": field("NetworkInterfaceId"),
          "private-ip-address": field("PrivateIpAddress"),
          "addresses.private-ip-address": field("PrivateIpAddress"),
          description: field("Description"),
          "group-id": (row) => (row.Groups as { GroupId: string }[]).map(({ GroupId }) => GroupId),
        }),
      };
    }),
    DescribeSecurityGroups: operation((input: { GroupIds?: string[]; Filters?: Filter[] }) => {
      const rows: Row[] = ec2.securityGroups.list().map((group) => ({
        GroupId: group.groupId,
        GroupName: group.groupName,
        Description: group.description,
        VpcId: group.vpcId,
        OwnerId: account.accountId,
        IpPermissions: permissionsOf(ec2, account, group.groupId, false),
        IpPermissionsEgress: permissionsOf(ec2, account, group.groupId, true),
        Tags: tagList(group.tags),
      }));
      const found = select(rows, input.GroupIds, "GroupId", "InvalidGroup.NotFound");
      return {
        SecurityGroups: filter(found, input.Filters, {
          ...common,
          "group-id": field("GroupId"),
          "group-name": field("GroupName"),
        }),
      };
    }),
    DescribeSecurityGroupRules: operation((input: { SecurityGroupRuleIds?: string[]; Filters?: Filter[] }) => {
      const rows: Row[] = ec2.securityGroups.listRules().map((rule) => ({
        SecurityGroupRuleId: rule.securityGroupRuleId,
        GroupId: rule.groupId,
        GroupOwnerId: account.accountId,
        IsEgress: rule.isEgress,
        IpProtocol: rule.ipProtocol,
        FromPort: rule.fromPort ?? -1,
        ToPort: rule.toPort ?? -1,
        CidrIpv4: rule.cidrIpv4,
        CidrIpv6: rule.cidrIpv6,
        PrefixListId: rule.prefixListId,
        ReferencedGroupInfo: rule.referencedSecurityGroupId && {
          GroupId: rule.referencedSecurityGroupId,
          UserId: account.accountId,
        },
        Description: rule.description,
        Tags: tagList(rule.tags),
      }));
      const found = select(
        rows,
        input.SecurityGroupRuleIds,
        "SecurityGroupRuleId",
        "InvalidSecurityGroupRuleId.NotFound",
      );
      return { SecurityGroupRules: filter(found, input.Filters, { "group-id": field("GroupId") }) };
    }),
    DescribeVpcEndpoints: operation((input: { VpcEndpointIds?: string[]; Filters?: Filter[] }) => {
      const rows: Row[] = ec2.vpcEndpoints.list().map((endpoint) => ({
        VpcEndpointId: endpoint.vpcEndpointId,
        VpcEndpointType: endpoint.vpcEndpointType,
        VpcId: endpoint.vpcId,
        ServiceName: endpoint.serviceName,
        State: endpoint.state,
        PolicyDocument: endpoint.policy,
        PrivateDnsEnabled: endpoint.privateDnsEnabled,
        RouteTableIds: endpoint.routeTableIds,
        SubnetIds: endpoint.subnetIds,
        Groups: endpoint.securityGroupIds.map((GroupId) => ({ GroupId })),
        Tags: tagList(endpoint.tags),
      }));
      const found = select(rows, input.VpcEndpointIds, "VpcEndpointId", "InvalidVpcEndpointId.NotFound");
      return {
        VpcEndpoints: filter(found, input.Filters, { ...common, "service-name": field("ServiceName") }),
      };
    }),
    // The only one of these whose member is `Filter`.
    DescribeFlowLogs: operation((input: { FlowLogIds?: string[]; Filter?: Filter[] }) => {
      const rows: Row[] = ec2.flowLogs.list().map((flowLog) => ({
        FlowLogId: flowLog.flowLogId,
        FlowLogStatus: "ACTIVE",
        ResourceId: flowLog.resourceId,
        TrafficType: flowLog.trafficType,
        LogDestinationType: flowLog.logDestinationType,
        LogDestination: flowLog.logDestination,
        DeliverLogsPermissionArn: flowLog.iamRoleArn,
        LogFormat: flowLog.logFormat,
        MaxAggregationInterval: flowLog.maxAggregationInterval,
        Tags: tagList(flowLog.tags),
      }));
      const found = select(rows, input.FlowLogIds, "FlowLogId", "InvalidFlowLogId.NotFound");
      return { FlowLogs: filter(found, input.Filter, { "resource-id": field("ResourceId") }) };
    }),
    DescribeRouteTables: operation((input: { RouteTableIds?: string[]; Filters?: Filter[] }) => {
      const associations = ec2.routeTables.listAssociations();
      const rows: Row[] = ec2.routeTables.list().map((table) => ({
        RouteTableId: table.routeTableId,
        VpcId: table.vpcId,
        OwnerId: account.accountId,
        Routes: table.routes.map(routeRow),
        Associations: associations
          .filter(({ routeTableId }) => routeTableId === table.routeTableId)
          .map(({ associationId, subnetId }) => ({
            RouteTableAssociationId: associationId,
            RouteTableId: table.routeTableId,
            SubnetId: subnetId,
            Main: false,
          })),
        Tags: tagList(table.tags),
      }));
      const found = select(rows, input.RouteTableIds, "RouteTableId", "InvalidRouteTableID.NotFound");
      return {
        RouteTables: filter(found, input.Filters, {
          ...common,
          "association.subnet-id": (row) =>
            (row.Associations as { SubnetId: string }[]).map(({ SubnetId }) => SubnetId),
        }),
      };
    }),
  };
}

function permissionsOf(ec2: Ec2, account: Account, groupId: string, isEgress: boolean): Row[] {
  return ec2.securityGroups
    .listRules()
    .filter((rule) => rule.groupId === groupId && rule.isEgress === isEgress)
    .map((rule) => ({
      IpProtocol: rule.ipProtocol,
      FromPort: rule.fromPort,
      ToPort: rule.toPort,
      UserIdGroupPairs: rule.referencedSecurityGroupId
        ? [{ GroupId: rule.referencedSecurityGroupId, UserId: account.accountId, Description: rule.description }]
        : [],
      IpRanges: rule.cidrIpv4 ? [{ CidrIp: rule.cidrIpv4, Description: rule.description }] : [],
      Ipv6Ranges: rule.cidrIpv6 ? [{ CidrIpv6: rule.cidrIpv6, Description: rule.description }] : [],
      PrefixListIds: rule.prefixListId ? [{ PrefixListId: rule.prefixListId, Description: rule.description }] : [],
    }));
}

/** A route's record has Pulumi's names, which are EC2's apart from those of destinations. */
function routeRow(route: Route): Row {
  const destinations: Record<string, string> = {
    cidrBlock: "DestinationCidrBlock",
    ipv6CidrBlock: "DestinationIpv6CidrBlock",
  };
  const named = Object.entries(route).map(([key, value]) => [
    destinations[key] ?? key[0]?.toUpperCase() + key.slice(1),
    value,
  ]);
  return Object.fromEntries(named);
}
