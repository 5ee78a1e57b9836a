import type { Account } from "../aws/account";
import type { Ec2 } from "../aws/ec2/service";
import { AwsError } from "../aws/errors";
import { operation } from "../aws/operation";
import type { AwsService } from "../aws/service";
import { type Filter, field, filter, type Row, select, tagSet } from "./ec2-rows";

/** The reading part of EC2's API over the account's model, in the shapes of its XML. */
export function ec2ReadApi(ec2: Ec2, account: Account): AwsService {
  const common = { "vpc-id": field("vpcId"), "subnet-id": field("subnetId") };
  return {
    operations: {
      DescribeVpcs: operation((input: { VpcId?: string[]; Filter?: Filter[] }) => {
        const rows: Row[] = ec2.vpcs.list().map((vpc) => ({
          vpcId: vpc.vpcId,
          ownerId: account.accountId,
          state: "available",
          cidrBlock: vpc.cidrBlock,
          instanceTenancy: vpc.instanceTenancy,
          isDefault: false,
          tagSet: tagSet(vpc.tags),
        }));
        const found = select(rows, input.VpcId, "vpcId", "InvalidVpcID.NotFound");
        return { vpcSet: filter(found, input.Filter, { ...common, cidr: field("cidrBlock") }) };
      }),
      DescribeVpcAttribute: operation((input: { VpcId?: string; Attribute?: string }) => {
        const vpc = ec2.vpcs.get(input.VpcId ?? "");
        const value: Record<string, boolean> = {
          enableDnsSupport: vpc.enableDnsSupport,
          enableDnsHostnames: vpc.enableDnsHostnames,
        };
        const attribute = input.Attribute ?? "";
        if (!Object.hasOwn(value, attribute)) {
          throw new AwsError(
            "InvalidParameterValue",
            `The attribute '${attribute}' is not implemented by the sandbox.`,
          );
        }
        return { vpcId: vpc.vpcId, [attribute]: { value: value[attribute] } };
      }),
      DescribeSubnets: operation((input: { SubnetId?: string[]; Filter?: Filter[] }) => {
        const rows: Row[] = ec2.subnets.list().map((subnet) => ({
          subnetId: subnet.subnetId,
          subnetArn: account.arn("ec2", `subnet/${subnet.subnetId}`),
          state: "available",
          vpcId: subnet.vpcId,
          cidrBlock: subnet.cidrBlock,
          availableIpAddressCount: ec2.networkInterfaces.freeAddresses(subnet.subnetId),
          availabilityZone: subnet.availabilityZone,
          availabilityZoneId: subnet.availabilityZoneId,
          mapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
          tagSet: tagSet(subnet.tags),
        }));
        const found = select(rows, input.SubnetId, "subnetId", "InvalidSubnetID.NotFound");
        return {
          subnetSet: filter(found, input.Filter, { ...common, "availability-zone": field("availabilityZone") }),
        };
      }),
      DescribeAvailabilityZones: operation((input: { ZoneName?: string[] }) => ({
        availabilityZoneInfo: account.azs
          .filter(({ name }) => input.ZoneName === undefined || input.ZoneName.includes(name))
          .map(({ name, id }) => ({
            zoneName: name,
            zoneId: id,
            zoneState: "available",
            regionName: account.region,
            zoneType: "availability-zone",
            optInStatus: "opt-in-not-required",
          })),
      })),
      DescribeNetworkInterfaces: operation((input: { NetworkInterfaceId?: string[]; Filter?: Filter[] }) => {
        const rows: Row[] = ec2.networkInterfaces.list().map((networkInterface) => ({
          networkInterfaceId: networkInterface.id,
          subnetId: networkInterface.subnetId,
          vpcId: networkInterface.vpcId,
          availabilityZone: networkInterface.availabilityZone,
          description: networkInterface.description,
          ownerId: account.accountId,
          requesterManaged: true,
          status: "in-use",
          privateIpAddress: networkInterface.privateIpAddress,
          groupSet: networkInterface.securityGroupIds.map((groupId) => ({ groupId })),
          privateIpAddressesSet: [{ privateIpAddress: networkInterface.privateIpAddress, primary: true }],
          tagSet: [],
        }));
        const found = select(
          rows,
          input.NetworkInterfaceId,
          "networkInterfaceId",
          "InvalidNetworkInterfaceID.NotFound",
        );
        return {
          networkInterfaceSet: filter(found, input.Filter, {
            ...common,
            "network-interface-id": field("networkInterfaceId"),
            "private-ip-address": field("privateIpAddress"),
            "addresses.private-ip-address": field("privateIpAddress"),
            description: field("description"),
            "group-id": (row) => (row.groupSet as { groupId: string }[]).map(({ groupId }) => groupId),
          }),
        };
      }),
      DescribeSecurityGroups: operation((input: { GroupId?: string[]; Filter?: Filter[] }) => {
        const rows: Row[] = ec2.securityGroups.list().map((group) => ({
          groupId: group.groupId,
          groupName: group.groupName,
          groupDescription: group.description,
          vpcId: group.vpcId,
          ownerId: account.accountId,
          ipPermissions: permissionsOf(ec2, account, group.groupId, false),
          ipPermissionsEgress: permissionsOf(ec2, account, group.groupId, true),
          tagSet: tagSet(group.tags),
        }));
        const found = select(rows, input.GroupId, "groupId", "InvalidGroup.NotFound");
        return {
          securityGroupInfo: filter(found, input.Filter, {
            ...common,
            "group-id": field("groupId"),
            "group-name": field("groupName"),
          }),
        };
      }),
      DescribeSecurityGroupRules: operation((input: { SecurityGroupRuleId?: string[]; Filter?: Filter[] }) => {
        const rows: Row[] = ec2.securityGroups.listRules().map((rule) => ({
          securityGroupRuleId: rule.securityGroupRuleId,
          groupId: rule.groupId,
          groupOwnerId: account.accountId,
          isEgress: rule.isEgress,
          ipProtocol: rule.ipProtocol,
          fromPort: rule.fromPort ?? -1,
          toPort: rule.toPort ?? -1,
          cidrIpv4: rule.cidrIpv4,
          cidrIpv6: rule.cidrIpv6,
          prefixListId: rule.prefixListId,
          referencedGroupInfo: rule.referencedSecurityGroupId && {
            groupId: rule.referencedSecurityGroupId,
            userId: account.accountId,
          },
          description: rule.description,
          tagSet: tagSet(rule.tags),
        }));
        const found = select(
          rows,
          input.SecurityGroupRuleId,
          "securityGroupRuleId",
          "InvalidSecurityGroupRuleId.NotFound",
        );
        return { securityGroupRuleSet: filter(found, input.Filter, { "group-id": field("groupId") }) };
      }),
      DescribeVpcEndpoints: operation((input: { VpcEndpointId?: string[]; Filter?: Filter[] }) => {
        const rows: Row[] = ec2.vpcEndpoints.list().map((endpoint) => ({
          vpcEndpointId: endpoint.vpcEndpointId,
          vpcEndpointType: endpoint.vpcEndpointType,
          vpcId: endpoint.vpcId,
          serviceName: endpoint.serviceName,
          state: endpoint.state,
          policyDocument: endpoint.policy,
          privateDnsEnabled: endpoint.privateDnsEnabled,
          routeTableIdSet: endpoint.routeTableIds,
          subnetIdSet: endpoint.subnetIds,
          groupSet: endpoint.securityGroupIds.map((groupId) => ({ groupId })),
          tagSet: tagSet(endpoint.tags),
        }));
        const found = select(rows, input.VpcEndpointId, "vpcEndpointId", "InvalidVpcEndpointId.NotFound");
        return {
          vpcEndpointSet: filter(found, input.Filter, { ...common, "service-name": field("serviceName") }),
        };
      }),
      DescribeFlowLogs: operation((input: { FlowLogId?: string[]; Filter?: Filter[] }) => {
        const rows: Row[] = ec2.flowLogs.list().map((flowLog) => ({
          flowLogId: flowLog.flowLogId,
          flowLogStatus: "ACTIVE",
          resourceId: flowLog.resourceId,
          trafficType: flowLog.trafficType,
          logDestinationType: flowLog.logDestinationType,
          logDestination: flowLog.logDestination,
          deliverLogsPermissionArn: flowLog.iamRoleArn,
          logFormat: flowLog.logFormat,
          maxAggregationInterval: flowLog.maxAggregationInterval,
          tagSet: tagSet(flowLog.tags),
        }));
        const found = select(rows, input.FlowLogId, "flowLogId", "InvalidFlowLogId.NotFound");
        return { flowLogSet: filter(found, input.Filter, { "resource-id": field("resourceId") }) };
      }),
      DescribeRouteTables: operation((input: { RouteTableId?: string[]; Filter?: Filter[] }) => {
        const associations = ec2.routeTables.listAssociations();
        const rows: Row[] = ec2.routeTables.list().map((table) => ({
          routeTableId: table.routeTableId,
          vpcId: table.vpcId,
          ownerId: account.accountId,
          routeSet: table.routes,
          associationSet: associations
            .filter(({ routeTableId }) => routeTableId === table.routeTableId)
            .map(({ associationId, subnetId }) => ({
              routeTableAssociationId: associationId,
              routeTableId: table.routeTableId,
              subnetId,
              main: false,
            })),
          tagSet: tagSet(table.tags),
        }));
        const found = select(rows, input.RouteTableId, "routeTableId", "InvalidRouteTableID.NotFound");
        return {
          routeTableSet: filter(found, input.Filter, {
            ...common,
            "association.subnet-id": (row) =>
              (row.associationSet as { subnetId: string }[]).map(({ subnetId }) => subnetId),
          }),
        };
      }),
    },
  };
}

function permissionsOf(ec2: Ec2, account: Account, groupId: string, isEgress: boolean): Row[] {
  return ec2.securityGroups
    .listRules()
    .filter((rule) => rule.groupId === groupId && rule.isEgress === isEgress)
    .map((rule) => ({
      ipProtocol: rule.ipProtocol,
      fromPort: rule.fromPort,
      toPort: rule.toPort,
      groups: rule.referencedSecurityGroupId
        ? [{ groupId: rule.referencedSecurityGroupId, userId: account.accountId, description: rule.description }]
        : [],
      ipRanges: rule.cidrIpv4 ? [{ cidrIp: rule.cidrIpv4, description: rule.description }] : [],
      ipv6Ranges: rule.cidrIpv6 ? [{ cidrIpv6: rule.cidrIpv6, description: rule.description }] : [],
      prefixListIds: rule.prefixListId ? [{ prefixListId: rule.prefixListId, description: rule.description }] : [],
    }));
}
