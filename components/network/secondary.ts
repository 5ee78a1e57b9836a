import { isCidr, overlap, prefixOf, smallestSubnet } from "@redshift-fleet/redshift/declarations";
import type { Fault } from "../validation";
import { invalidCidr } from "./carve";

/** Private ranges; a VPC whose first block is of one of them takes none of another. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
/** Blocks that AWS keeps from being added, some beside first blocks near them only. */
const reserved = (vpcCidr: string) => ["198.19.0.0/16", ...(overlap("10.0.0.0/15", vpcCidr) ? ["10.0.0.0/16"] : [])];
/** A VPC has five blocks unless the quota "IPv4 CIDR blocks per VPC" (L-83CA0A9D) was raised. */
const mostSecondary = 4;

/**
 * Checks the further blocks of a VPC.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html ("IPv4 CIDR block association restrictions")
 */
export function checkSecondaryCidrs(vpcCidr: string, cidrs: readonly string[]): Fault[] {
  const range = privateRanges.find((block) => isCidr(vpcCidr) && overlap(block, vpcCidr));
  const faults = cidrs.flatMap((cidr, index): Fault[] => {
    const path = `secondaryCidrs[${index}]`;
    if (!isCidr(cidr)) return [invalidCidr(path, cidr)];
    const refuse = (rule: string, remedy: string): Fault[] => [{ path, value: cidr, rule, remedy }];
    if (prefixOf(cidr) < 16 || prefixOf(cidr) > smallestSubnet)
      return refuse(`must be a /16 to /${smallestSubnet}, with room for subnets of warehouses`, "Use such a block");
    const taken = [vpcCidr, ...cidrs.slice(0, index)].find((other) => isCidr(other) && overlap(other, cidr));
    if (taken) return refuse(`must not overlap ${taken}, which the VPC has already`, "Choose another block");
    const foreign = [...privateRanges.filter((block) => range && block !== range), ...reserved(vpcCidr)].find((block) =>
      overlap(block, cidr),
    );
    if (!foreign) return [];
    return refuse(
      `must not be of ${foreign}: AWS does not add such a block to a VPC of ${vpcCidr}`,
      `Use another block of ${range ? `${range}, or one of 100.64.0.0/10` : "100.64.0.0/10"}`,
    );
  });
  if (cidrs.length <= mostSecondary) return faults;
  return [
    ...faults,
    {
      path: "secondaryCidrs",
      value: cidrs.length,
      rule: `must be at most ${mostSecondary}: a VPC has five blocks`,
      remedy: "Use larger ones",
    },
  ];
}
