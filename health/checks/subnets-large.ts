import { prefixOf } from "@redshift-fleet/redshift";
import type { Check } from "./check";

/** The longest prefix that leaves room for a fleet to grow: 507 addresses. */
const longestPrefix = 23;

/** Subnets are /23 or larger: each workgroup holds dozens of addresses in every one of them. */
export const subnetsLarge: Check = {
  id: "subnets-large",
  area: "network",
  title: `subnets are /${longestPrefix} or larger`,
  needs: ["network"],
  judge: ({ network }) =>
    network.subnets
      .filter(({ cidr }) => prefixOf(cidr) > longestPrefix)
      .map(({ id, cidr, zone }) => ({
        what: `Subnet ${id} (${cidr}, ${zone}) is smaller than a /${longestPrefix}`,
        cause: `A /${prefixOf(cidr)} has ${2 ** (32 - prefixOf(cidr)) - 5} usable addresses, and a workgroup with enhanced VPC routing holds 9 to 261 of them.`,
        cure: "Add larger subnets in the same zone (a VPC can take a further CIDR block) and move the fleet to them.",
      })),
};
