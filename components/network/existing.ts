import { getPrefixListOutput, getSubnet, getVpc } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { checkUnique, type Fault, refuse } from "../validation";
import { checkPrefix } from "./carve";
import { checkBasics, checkZones } from "./checks";
import {
  defaultLongestPrefix,
  defaultPort,
  type FleetNetwork,
  type FleetSecurityGroups,
  type FleetSubnet,
  type NetworkBasics,
} from "./model";
import { createSecurityGroups } from "./security-groups";

/** A VPC and subnets that somebody else looks after. */
export interface ExistingNetworkArgs extends NetworkBasics {
  readonly vpcId: string;
  /** One subnet in each of three or more Availability Zones. */
  readonly subnetIds: readonly string[];
  /** Start of Name tags: `<project>-<stack>`. */
  readonly namePrefix: string;
}

/** What the look-ups said about a VPC and its subnets. */
export interface FoundNetwork {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly subnets: readonly { id: string; vpcId: string; az: string; cidr: string }[];
}

/**
 * A fleet's place in a VPC that exists: only security groups are made. The VPC has to offer the ways that enhanced VPC
 * routing needs, an S3 endpoint among them. Made by `Network.fromExisting`.
 */
export class ExistingNetwork extends pulumi.ComponentResource implements FleetNetwork {
  public readonly vpcId: pulumi.Output<string>;
  public readonly subnets: readonly FleetSubnet[];
  public readonly securityGroups: FleetSecurityGroups;

  private constructor(
    name: string,
    args: ExistingNetworkArgs,
    found: FoundNetwork,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("redshift-fleet:network:ExistingNetwork", name, {}, opts);
    this.vpcId = pulumi.output(found.vpcId);
    this.subnets = found.subnets.map(({ az, cidr, id }) => ({ az, cidr, id: pulumi.output(id) }));
    const s3 = getPrefixListOutput({ name: `com.amazonaws.${args.region}.s3` }, { parent: this });
    this.securityGroups = createSecurityGroups(this, name, {
      vpcId: found.vpcId,
      port: args.port ?? defaultPort,
      clientCidrs: args.clientCidrs ?? [],
      s3PrefixListId: s3.id,
      services: { cidr: found.vpcCidr },
      tagged: (part) => ({ ...args.tags, Name: `${args.namePrefix}-${part}` }),
    });
    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnets.map((subnet) => subnet.id) });
  }

  /** See `Network.fromExisting`. */
  static async lookUp(
    name: string,
    args: ExistingNetworkArgs,
    opts?: pulumi.ComponentResourceOptions,
  ): Promise<ExistingNetwork> {
    const subject = `Network "${name}"`;
    refuse(subject, [...checkBasics(args), ...checkUnique("subnetIds", args.subnetIds, "subnet")]);
    const invoke = { provider: opts?.provider, parent: opts?.parent };
    const [vpc, ...subnets] = await Promise.all([
      getVpc({ id: args.vpcId }, invoke),
      ...args.subnetIds.map((id) => getSubnet({ id }, invoke)),
    ]);
    const found: FoundNetwork = {
      vpcId: vpc.id,
      vpcCidr: vpc.cidrBlock,
      dnsSupport: vpc.enableDnsSupport,
      dnsHostnames: vpc.enableDnsHostnames,
      subnets: subnets.map((subnet) => ({
        id: subnet.id,
        vpcId: subnet.vpcId,
        az: subnet.availabilityZone,
        cidr: subnet.cidrBlock,
      })),
    };
    refuse(subject, checkFound(found, args));
    return new ExistingNetwork(name, args, found, opts);
  }
}

/** Every fault of a network that was looked up. */
export function checkFound(found: FoundNetwork, args: Pick<NetworkBasics, "region" | "longestPrefix">): Fault[] {
  const faults: Fault[] = [];
  for (const [attribute, on] of [
    ["enableDnsSupport", found.dnsSupport],
    ["enableDnsHostnames", found.dnsHostnames],
  ] as const) {
    if (on) continue;
    faults.push({
      path: "vpcId",
      value: found.vpcId,
      rule: `must have ${attribute} switched on: warehouses and endpoints are found by their private names`,
      remedy: `Run \`aws ec2 modify-vpc-attribute --vpc-id ${found.vpcId} --${attribute === "enableDnsSupport" ? "enable-dns-support" : "enable-dns-hostnames"}\``,
    });
  }
  faults.push(
    ...checkZones(
      "subnetIds",
      found.subnets.map((subnet) => subnet.az),
      args.region,
    ),
  );
  found.subnets.forEach((subnet, index) => {
    const path = `subnetIds[${index}]`;
    if (subnet.vpcId !== found.vpcId)
      faults.push({
        path,
        value: subnet.id,
        rule: `must belong to ${found.vpcId}, but it is in ${subnet.vpcId}`,
        remedy: "Name subnets of the VPC",
      });
    const before = found.subnets.slice(0, index).find((other) => other.az === subnet.az);
    if (before)
      faults.push({
        path,
        value: subnet.id,
        rule: `must be in a zone of its own, but ${before.id} is in ${subnet.az} too`,
        remedy: "Name one subnet for each Availability Zone",
      });
    faults.push(...checkPrefix(path, subnet.cidr, args.longestPrefix ?? defaultLongestPrefix));
  });
  return faults;
}
