import {
  DefaultSecurityGroup,
  RouteTable,
  type RouteTableArgs,
  RouteTableAssociation,
  Subnet,
  type SubnetArgs,
  Vpc,
  type VpcArgs,
  VpcIpv4CidrBlockAssociation,
} from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { defaultPort } from "@redshift-fleet/redshift/declarations";
import { type Transform, transformed } from "../transform";
import { refuse } from "../validation";
import type { PlannedSubnet } from "./carve";
import { checkNetwork, plan } from "./checks";
import { createGatewayEndpoint, createInterfaceEndpoints, defaultServices, type InterfaceService } from "./endpoints";
import { createFlowLogs } from "./flow-logs";
import type { FleetNetwork, FleetSecurityGroups, FleetSubnet, NetworkBasics } from "./model";
import { createSecurityGroups, createServicesGroup } from "./security-groups";
import { warehouseSubnetKey, zoneLetter } from "./zones";

/** What a network of the fleet's own is made from. */
export interface NetworkArgs extends NetworkBasics {
  /** Addresses of the VPC, a /16 to /21. */
  readonly cidr: string;
  /** Availability Zones by name, three or more; each gets one subnet, carved in this order. Not with `subnets`. */
  readonly azs?: readonly string[];
  /** Prefix length of the carved subnets, in bits. @default 23 */
  readonly subnetPrefix?: number;
  /** The subnets written out, in place of `azs` and `subnetPrefix`. */
  readonly subnets?: readonly PlannedSubnet[];
  /** Subnets for warehouses and their endpoints alone, in three or more zones. @default those of everything else */
  readonly warehouseSubnets?: readonly PlannedSubnet[];
  /** Further blocks of the VPC, for subnets that find no room in `cidr`. @default none */
  readonly secondaryCidrs?: readonly string[];
  /** AWS services reached through an interface endpoint (about 0.01 USD an hour and zone each). @default all four */
  readonly interfaceEndpoints?: readonly InterfaceService[];
  /** Start of the names of log groups, unique in account and Region: `<project>-<stack>`. */
  readonly namePrefix: string;
  /** ARN of the key that encrypts the flow logs. */
  readonly kmsKeyArn: pulumi.Input<string>;
  /** How long flow logs are kept, in days, as CloudWatch Logs accepts it. @default 90 */
  readonly flowLogRetentionDays?: number;
  /** Other arguments or options for what it is made of. */
  readonly transform?: {
    readonly vpc?: Transform<VpcArgs>;
    /** Each of the subnets. */
    readonly subnet?: Transform<SubnetArgs>;
    readonly routeTable?: Transform<RouteTableArgs>;
  };
}

/**
 * A private network for a fleet: a VPC without a way to the internet, one subnet in each Availability Zone, security
 * groups that refer to each other, and private ways to the AWS services that warehouses talk to.
 *
 * @example
 * const network = new Network("network", {
 *   region: "eu-central-1", cidr: "10.0.0.0/16", azs: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
 *   namePrefix: "sales-prod", kmsKeyArn: encryption.keyArn,
 * });
 */
export class Network extends pulumi.ComponentResource implements FleetNetwork {
  public readonly vpcId: pulumi.Output<string>;
  public readonly subnets: readonly FleetSubnet[];
  public readonly warehouseSubnets: readonly FleetSubnet[];
  public readonly securityGroups: FleetSecurityGroups;

  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:network:Network", name, {}, opts);
    refuse(`Network "${name}"`, checkNetwork(args));
    const tagged = (part: string) => ({ ...args.tags, Name: `${args.namePrefix}-${part}` });

    const vpc = new Vpc(
      ...transformed(
        args.transform?.vpc,
        `${name}-vpc`,
        { cidrBlock: args.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: tagged("vpc") },
        { parent: this },
      ),
    );
    this.vpcId = vpc.id;
    // Without rules of its own the default group lets nothing in or out: whatever lands in it by mistake is cut off.
    new DefaultSecurityGroup(
      `${name}-closed`,
      { vpcId: vpc.id, ingress: [], egress: [], tags: tagged("closed") },
      { parent: this },
    );

    const routes = new RouteTable(
      ...transformed(
        args.transform?.routeTable,
        `${name}-routes`,
        { vpcId: vpc.id, tags: tagged("routes") },
        { parent: this },
      ),
    );
    const blocks = (args.secondaryCidrs ?? []).map(
      (cidrBlock) =>
        new VpcIpv4CidrBlockAssociation(
          `${name}-block-${cidrBlock.replace(/[./]/g, "-")}`,
          { vpcId: vpc.id, cidrBlock },
          { parent: this },
        ),
    );
    const createSubnet = (key: string, { az, cidr }: PlannedSubnet): FleetSubnet => {
      const subnet = new Subnet(
        ...transformed(
          args.transform?.subnet,
          `${name}-${key}`,
          {
            vpcId: vpc.id,
            availabilityZone: az,
            cidrBlock: cidr,
            mapPublicIpOnLaunch: false,
            tags: tagged(key),
          },
          { parent: this, dependsOn: blocks },
        ),
      );
      new RouteTableAssociation(
        `${name}-${key}-routes`,
        { subnetId: subnet.id, routeTableId: routes.id },
        { parent: this },
      );
      return { key, az, cidr, id: subnet.id };
    };
    this.subnets = plan(args).map((subnet) => createSubnet(zoneLetter(subnet.az), subnet));
    this.warehouseSubnets =
      args.warehouseSubnets?.map((subnet) => createSubnet(warehouseSubnetKey(subnet), subnet)) ?? this.subnets;

    const s3 = createGatewayEndpoint(this, `${name}-s3`, {
      vpcId: vpc.id,
      region: args.region,
      routeTableId: routes.id,
      tags: tagged("s3"),
    });
    const services = createServicesGroup(this, `${name}-services`, { vpcId: vpc.id, tags: tagged("services") });
    this.securityGroups = createSecurityGroups(this, name, {
      vpcId: vpc.id,
      port: args.port ?? defaultPort,
      clientCidrs: args.clientCidrs ?? [],
      s3PrefixListId: s3.prefixListId,
      services: { securityGroupId: services.id },
      tagged,
    });
    createInterfaceEndpoints(this, name, {
      vpcId: vpc.id,
      region: args.region,
      services: args.interfaceEndpoints ?? defaultServices,
      subnetIds: this.subnets.map((subnet) => subnet.id),
      securityGroupId: services.id,
      tagged,
    });
    createFlowLogs(this, `${name}-flow`, {
      vpcId: vpc.id,
      logGroupName: `/${args.namePrefix}/flow-logs`,
      kmsKeyArn: args.kmsKeyArn,
      retentionDays: args.flowLogRetentionDays ?? 90,
      tags: tagged("flow-logs"),
    });
    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnets.map((subnet) => subnet.id) });
  }
}
