import {
  defaultPort,
  fewestZones,
  isCidr,
  overlap,
  portFault,
  prefixOf,
  smallestSubnet,
} from "@redshift-fleet/redshift/declarations";
import { checkInteger, checkUnique, type Fault } from "../validation";
import { carve, checkSubnets, invalidCidr, type PlannedSubnet } from "./carve";
import type { NetworkBasics } from "./model";
import type { NetworkArgs } from "./network";
import { checkSecondaryCidrs } from "./secondary";

/** VPCs are no larger than a /16 and no smaller than a /28. */
const largestVpc = 16;

/** Every fault of a network to be made. Everything it looks at is known before the preview begins. */
export function checkNetwork(args: NetworkArgs): Fault[] {
  const longest = args.longestPrefix ?? smallestSubnet;
  const faults = [
    ...checkBasics(args),
    ...checkZones("subnets" in args && args.subnets ? "subnets" : "azs", zones(args), args.region),
  ];
  if (!isCidr(args.cidr)) faults.push(invalidCidr("cidr", args.cidr));
  else if (prefixOf(args.cidr) < largestVpc)
    faults.push({
      path: "cidr",
      value: args.cidr,
      rule: `must not be larger than a /${largestVpc}, the largest VPC there is`,
      remedy: `Use a /${largestVpc} to /21`,
    });
  const blocks = [args.cidr, ...(args.secondaryCidrs ?? [])];
  faults.push(
    ...checkSecondaryCidrs(args.cidr, args.secondaryCidrs ?? []),
    ...(args.subnets ? checkSubnets("subnets", blocks, args.subnets, longest) : checkSubnetPrefix(args, longest)),
  );
  if (!args.warehouseSubnets) return faults;
  return [
    ...faults,
    ...checkZones(
      "warehouseSubnets",
      args.warehouseSubnets.map(({ az }) => az),
      args.region,
    ),
    ...checkSubnets("warehouseSubnets", blocks, args.warehouseSubnets, longest),
    ...apart(args.warehouseSubnets, plan(args)),
  ];
}

/** Subnets of the warehouses' own lie beside those of everything else. */
function apart(warehouseSubnets: readonly PlannedSubnet[], others: readonly PlannedSubnet[]): Fault[] {
  return warehouseSubnets.flatMap(({ cidr }, index) => {
    const other = others.find((one) => overlap(one.cidr, cidr));
    return other
      ? [
          {
            path: `warehouseSubnets[${index}].cidr`,
            value: cidr,
            rule: `must not overlap ${other.cidr}, the network's subnet in ${other.az}`,
            remedy: "Give it addresses of its own",
          },
        ]
      : [];
  });
}

function checkSubnetPrefix(args: NetworkArgs, longest: number): Fault[] {
  const prefix = args.subnetPrefix ?? smallestSubnet;
  if (!Number.isInteger(prefix) || prefix > longest || prefix < largestVpc)
    return [
      {
        path: "subnetPrefix",
        value: prefix,
        rule: `must be from ${largestVpc} to ${longest}: enhanced VPC routing takes addresses by the dozen for each workgroup`,
        remedy: `Use ${longest}, or a smaller number for larger subnets`,
      },
    ];
  if (isCidr(args.cidr) && prefixOf(args.cidr) >= largestVpc && !carve(args.cidr, args.azs ?? [], prefix))
    return [
      {
        path: "cidr",
        value: args.cidr,
        rule: `must have room for ${args.azs?.length ?? 0} subnets of /${prefix}`,
        remedy: "Use a larger block for the VPC, such as a /16, or smaller subnets",
      },
    ];
  return [];
}

/** The Availability Zones a network is asked to span. */
export function zones(args: Pick<NetworkArgs, "azs" | "subnets">): readonly string[] {
  return args.subnets?.map((subnet) => subnet.az) ?? args.azs ?? [];
}

/** The subnets a checked network will have. */
export function plan(args: Pick<NetworkArgs, "cidr" | "azs" | "subnets" | "subnetPrefix">): readonly PlannedSubnet[] {
  return args.subnets ?? carve(args.cidr, args.azs ?? [], args.subnetPrefix ?? smallestSubnet) ?? [];
}

/** Checks that there are three zones, that none is named twice and that each belongs to the Region. */
export function checkZones(path: string, azs: readonly string[], region: string): Fault[] {
  const faults: Fault[] = path === "azs" ? checkUnique(path, azs, "Availability Zone") : [];
  const distinct = new Set(azs);
  if (distinct.size < fewestZones)
    faults.push({
      path,
      value: azs,
      rule: `must name at least ${fewestZones} different Availability Zones: Redshift Serverless with enhanced VPC routing needs a subnet in each of three`,
      remedy: `Name ${fewestZones} zones of ${region}, such as ${region}a, ${region}b and ${region}c`,
    });
  for (const az of distinct) {
    if (az.startsWith(region) && /^[a-z]$/.test(az.slice(region.length))) continue;
    faults.push({
      path,
      value: az,
      rule: `must be an Availability Zone of ${region}`,
      remedy: `Use a zone such as ${region}a, or set \`aws:region\` to the zone's Region`,
    });
  }
  return faults;
}

/** Checks what both kinds of network are told. */
export function checkBasics(args: NetworkBasics): Fault[] {
  const faults = portFault("port", args.port ?? defaultPort);
  if (args.longestPrefix !== undefined)
    faults.push(...checkInteger("longestPrefix", args.longestPrefix, 16, 28, "bits"));
  args.clientCidrs?.forEach((cidr, index) => {
    const path = `clientCidrs[${index}]`;
    if (!isCidr(cidr)) faults.push(invalidCidr(path, cidr));
    else if (prefixOf(cidr) === 0)
      faults.push({
        path,
        value: cidr,
        rule: "must not be the whole internet",
        remedy: "Name the blocks that your clients connect from",
      });
  });
  return faults;
}
