import type { Context, ReachableAddresses } from "../../aws/context";
import { CidrBlocks } from "./cidr-blocks";
import { FlowLogs } from "./flow-logs";
import { NetworkInterfaces } from "./network-interfaces";
import { RouteTables } from "./route-tables";
import { SecurityGroups } from "./security-groups";
import { Subnets } from "./subnets";
import { VpcEndpoints } from "./vpc-endpoints";
import { Vpcs } from "./vpcs";

/** What EC2 is asked and answers. */
export type Sdk = typeof import("@aws-sdk/client-ec2");

/** The networking part of EC2: what exists, who uses which address, and what AWS refuses. */
export class Ec2 {
  readonly networkInterfaces: NetworkInterfaces;
  readonly securityGroups: SecurityGroups;
  readonly routeTables: RouteTables;
  readonly cidrBlocks: CidrBlocks;
  readonly subnets: Subnets;
  readonly vpcs: Vpcs;
  readonly vpcEndpoints: VpcEndpoints;
  readonly flowLogs: FlowLogs;

  constructor(context: Context, addresses: ReachableAddresses) {
    this.networkInterfaces = new NetworkInterfaces(context, addresses);
    this.securityGroups = new SecurityGroups(context, this.networkInterfaces);
    this.routeTables = new RouteTables(context);
    this.cidrBlocks = new CidrBlocks(context);
    this.subnets = new Subnets(context, this.networkInterfaces, this.cidrBlocks);
    this.vpcs = new Vpcs(context, this.routeTables, this.securityGroups, this.cidrBlocks);
    this.vpcEndpoints = new VpcEndpoints(context, { ...this, interfaces: this.networkInterfaces });
    this.flowLogs = new FlowLogs(context);
  }
}
