import { getPrefixListOutput, getSubnet, getVpc } from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { defaultPort, smallestSubnet } from "@redshift-fleet/redshift/declarations";
import { type Fault, refuse } from "../validation";
import { checkPrefix } from "./carve";
import { checkBasics, checkZones } from "./checks";
import type { FleetNetwork, FleetSecurityGroups, FleetSubnet, NetworkBasics } from "./model";
import { endpointServiceName } from "./partition";
import { createSecurityGroups } from "./security-groups";
import { warehouseSubnetKey, zoneLetter } from "./zones";

/** A VPC and subnets that somebody else looks after. */
export interface ExistingNetworkArgs extends NetworkBasics, WantedNetwork {
  /** Start of Name tags: `<project>-<stack>`. */
  readonly namePrefix: string;
}

/** Which VPC and subnets are meant. */
export interface WantedNetwork {
  readonly vpcId: string;
  /** One subnet in each of three or more Availability Zones. */
  readonly subnetIds: readonly string[];
  /** Subnets for warehouses and their endpoints alone, likewise. @default those of everything else */
  readonly warehouseSubnetIds?: readonly string[];
}

/** What the look-ups said about a VPC and its subnets. */
export interface FoundNetwork {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly subnets: readonly FoundSubnet[];
  /** Those of the warehouses alone, where there are such. */
  readonly warehouseSubnets?: readonly FoundSubnet[];
}

/** What the look-up said about a subnet. */
export interface FoundSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly az: string;
  readonly azId?: string;
  readonly cidr: string;
}

/**
 * A fleet's place in a VPC that exists: only security groups are made. The VPC has to offer the ways that enhanced VPC
 * routing needs, an S3 endpoint among them; interface endpoints with private DNS have to let port 443 in from the VPC or
 * from the groups made here.
 *
 * @example
 * const wanted = { region: "eu-central-1", namePrefix: "sales-prod", vpcId: "vpc-…", subnetIds: ["subnet-…", …] };
 * const network = new ExistingNetwork("network", wanted, await lookUpNetwork(wanted));
 */
export class ExistingNetwork extends pulumi.ComponentResource implements FleetNetwork {
  public readonly vpcId: pulumi.Output<string>;
  public readonly subnets: readonly FleetSubnet[];
  public readonly warehouseSubnets: readonly FleetSubnet[];
  public readonly securityGroups: FleetSecurityGroups;

  /** @throws pulumi.InputPropertiesError with every fault of what was found, before anything is created. */
  constructor(
    name: string,
    args: Omit<ExistingNetworkArgs, keyof WantedNetwork>,
    found: FoundNetwork,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("redshift-fleet:network:ExistingNetwork", name, {}, opts);
    refuse(`Network "${name}"`, [...checkBasics(args), ...checkFound(found, args)]);
    this.vpcId = pulumi.output(found.vpcId);
    const place = (key: string, { az, cidr, id }: FoundSubnet) => ({ key, az, cidr, id: pulumi.output(id) });
    this.subnets = found.subnets.map((subnet) => place(zoneLetter(subnet.az), subnet));
    this.warehouseSubnets =
      found.warehouseSubnets?.map((subnet) => place(warehouseSubnetKey(subnet), subnet)) ?? this.subnets;
    const s3 = getPrefixListOutput({ name: endpointServiceName(args.region, "s3") }, { parent: this });
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
}

/** Asks for a VPC and its subnets, and judges nothing. @throws Error where one of them is not there. */
export async function lookUpNetwork(wanted: WantedNetwork, options?: pulumi.InvokeOptions): Promise<FoundNetwork> {
  const lookUp = async (id: string): Promise<FoundSubnet> => {
    const subnet = await getSubnet({ id }, options);
    const { vpcId, availabilityZone: az, availabilityZoneId: azId, cidrBlock: cidr } = subnet;
    return { id: subnet.id, vpcId, az, azId, cidr };
  };
  const [vpc, subnets, warehouseSubnets] = await Promise.all([
    getVpc({ id: wanted.vpcId }, options),
    Promise.all(wanted.subnetIds.map(lookUp)),
    wanted.warehouseSubnetIds && Promise.all(wanted.warehouseSubnetIds.map(lookUp)),
  ]);
  return {
    vpcId: vpc.id,
    vpcCidr: vpc.cidrBlock,
    dnsSupport: vpc.enableDnsSupport,
    dnsHostnames: vpc.enableDnsHostnames,
    subnets,
    warehouseSubnets,
  };
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
  faults.push(...checkFoundSubnets("subnetIds", found.subnets, found.vpcId, args));
  if (found.warehouseSubnets)
    faults.push(...checkFoundSubnets("warehouseSubnetIds", found.warehouseSubnets, found.vpcId, args));
  return faults;
}

function checkFoundSubnets(
  list: string,
  subnets: readonly FoundSubnet[],
  vpcId: string,
  args: Pick<NetworkBasics, "region" | "longestPrefix">,
): Fault[] {
  const faults = checkZones(
    list,
    subnets.map((subnet) => subnet.az),
    args.region,
  );
  subnets.forEach((subnet, index) => {
    const path = `${list}[${index}]`;
    if (subnet.vpcId !== vpcId)
      faults.push({
        path,
        value: subnet.id,
        rule: `must belong to ${vpcId} (it is in ${subnet.vpcId})`,
        remedy: "Name subnets of the VPC",
      });
    const before = subnets.slice(0, index).find((other) => other.az === subnet.az);
    if (before)
      faults.push({
        path,
        value: subnet.id,
        rule: `must be in a zone of its own (${before.id} is in ${subnet.az} too)`,
        remedy: "Name one subnet for each Availability Zone",
      });
    faults.push(...checkPrefix(path, subnet.cidr, args.longestPrefix ?? smallestSubnet));
  });
  return faults;
}
