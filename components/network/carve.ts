import {
  contains,
  firstBlocks,
  isCidr,
  overlap,
  prefixOf,
  usableAddresses,
} from "@redshift-fleet/redshift/declarations";
import { checkUnique, type Fault } from "../validation";

/** The subnet of one Availability Zone, before it exists. */
export interface PlannedSubnet {
  /** Availability Zone by name: `us-east-1a`. */
  readonly az: string;
  /** Its addresses: `10.0.2.0/23`. */
  readonly cidr: string;
}

/**
 * Gives each Availability Zone a block of its own, in order from the start of the VPC's: a zone added at the end moves
 * none of those before it. Returns undefined where they do not all fit.
 */
export function carve(vpcCidr: string, azs: readonly string[], prefix: number): PlannedSubnet[] | undefined {
  return firstBlocks(vpcCidr, prefix, azs.length)?.map((cidr, index) => ({ az: azs[index]!, cidr }));
}

/**
 * Checks subnets that were written out by hand: each valid, inside the VPC, large enough, none over another.
 *
 * @param list what they are called: `subnets`
 * @param vpcCidrs the VPC's blocks, the first one first
 */
export function checkSubnets(
  list: string,
  vpcCidrs: readonly string[],
  subnets: readonly PlannedSubnet[],
  longestPrefix: number,
): Fault[] {
  const faults: Fault[] = checkUnique(
    list,
    subnets.map((subnet) => subnet.az),
    `Availability Zone of \`${list}\``,
  );
  const blocks = vpcCidrs.filter(isCidr);
  subnets.forEach((subnet, index) => {
    const path = `${list}[${index}].cidr`;
    if (!isCidr(subnet.cidr)) {
      faults.push(invalidCidr(path, subnet.cidr));
      return;
    }
    if (blocks.length > 0 && !blocks.some((block) => contains(block, subnet.cidr))) {
      faults.push({
        path,
        value: subnet.cidr,
        rule: `must lie inside the VPC's ${blocks.join(" or ")}`,
        remedy: "Choose a block of the VPC, or give it a further one (`network.secondaryCidrs`)",
      });
    }
    faults.push(...checkPrefix(path, subnet.cidr, longestPrefix));
    subnets.slice(0, index).forEach((other, otherIndex) => {
      if (isCidr(other.cidr) && overlap(other.cidr, subnet.cidr)) {
        faults.push({
          path,
          value: subnet.cidr,
          rule: `must not overlap ${list}[${otherIndex}] (${other.cidr})`,
          remedy: "Give each subnet addresses of its own",
        });
      }
    });
  });
  return faults;
}

/** Checks that a subnet is not smaller than the prefix allows. */
export function checkPrefix(path: string, cidr: string, longestPrefix: number): Fault[] {
  if (prefixOf(cidr) <= longestPrefix) return [];
  return [
    {
      path,
      value: cidr,
      rule: `must be a /${longestPrefix} or larger: enhanced VPC routing takes addresses by the dozen for each workgroup`,
      remedy: `Use a subnet of /${longestPrefix} (${usableAddresses(longestPrefix)} usable addresses)`,
    },
  ];
}

/** The fault of a text that is no CIDR block. */
export function invalidCidr(path: string, value: string): Fault {
  return {
    path,
    value,
    rule: "must be an IPv4 block in CIDR notation whose host bits are zero",
    remedy: "Write it like `10.0.0.0/16`",
  };
}
