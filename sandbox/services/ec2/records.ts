import type { HostnameType, LogDestinationType, Tenancy, TrafficType, VpcEndpointType } from "@aws-sdk/client-ec2";
import type { Tags } from "../../aws/tags";

/** What EC2 remembers of each thing. Ids are EC2's own; addresses of subnets stay as given, those of interfaces are reachable ones. */
export interface Vpc {
  vpcId: string;
  cidrBlock: string;
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
  enableNetworkAddressUsageMetrics: boolean;
  instanceTenancy: Tenancy;
  mainRouteTableId: string;
  defaultSecurityGroupId: string;
  defaultNetworkAclId: string;
  dhcpOptionsId: string;
  tags: Tags;
}

/** A further block of a VPC. */
export interface CidrBlock {
  associationId: string;
  vpcId: string;
  cidrBlock: string;
}

export interface Subnet {
  subnetId: string;
  vpcId: string;
  cidrBlock: string;
  availabilityZone: string;
  availabilityZoneId: string;
  mapPublicIpOnLaunch: boolean;
  enableResourceNameDnsARecordOnLaunch: boolean;
  privateDnsHostnameTypeOnLaunch: HostnameType;
  tags: Tags;
}

/** One address of a subnet in use. `subnetAddress` lies in the subnet's block, `privateIpAddress` is where it answers. */
export interface NetworkInterface {
  id: string;
  subnetId: string;
  vpcId: string;
  availabilityZone: string;
  subnetAddress: string;
  privateIpAddress: string;
  owner: string;
  description: string;
  securityGroupIds: string[];
}

export interface Route {
  /** The destination, `cidrBlock` or a prefix list's id, and exactly one target such as `gatewayId`. */
  [key: string]: string;
}

export interface RouteTable {
  routeTableId: string;
  vpcId: string;
  main: boolean;
  routes: Route[];
  tags: Tags;
}

export interface RouteTableAssociation {
  associationId: string;
  routeTableId: string;
  subnetId?: string;
  gatewayId?: string;
}

export interface SecurityGroup {
  groupId: string;
  groupName: string;
  description: string;
  vpcId: string;
  tags: Tags;
}

export interface SecurityGroupRule {
  securityGroupRuleId: string;
  groupId: string;
  isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, … or `-1` for all. */
  ipProtocol: string;
  fromPort?: number;
  toPort?: number;
  cidrIpv4?: string;
  cidrIpv6?: string;
  prefixListId?: string;
  referencedSecurityGroupId?: string;
  description?: string;
  tags: Tags;
}

export interface VpcEndpoint {
  vpcEndpointId: string;
  vpcId: string;
  serviceName: string;
  vpcEndpointType: VpcEndpointType;
  state: string;
  policy: string;
  privateDnsEnabled: boolean;
  routeTableIds: string[];
  subnetIds: string[];
  securityGroupIds: string[];
  tags: Tags;
}

export interface FlowLog {
  flowLogId: string;
  /** The id of the VPC, subnet or interface that is watched. */
  resourceId: string;
  trafficType: TrafficType;
  logDestinationType: LogDestinationType;
  logDestination: string;
  iamRoleArn?: string;
  logFormat: string;
  maxAggregationInterval: number;
  tags: Tags;
}
