import { prefixOf, smallestSubnet, usableAddresses } from "@redshift-fleet/redshift/declarations";
import type { Check } from "./check";

/** Subnets are /23 or larger: each workgroup holds dozens of addresses in every one of them. */
export const subnetsLarge: Check = {
  id: "subnets-large",
  area: "network",
  title: `subnets are /${smallestSubnet} or larger`,
  needs: ["network"],
  judge: ({ network }) =>
    network.subnets
      .filter(({ cidr }) => prefixOf(cidr) > smallestSubnet)
      .map(({ id, cidr, zone }) => ({
        what: `Subnet ${id} (${cidr}, ${zone}) is smaller than a /${smallestSubnet}`,
        cause: `A /${prefixOf(cidr)} has ${usableAddresses(prefixOf(cidr))} usable addresses, and a workgroup with enhanced VPC routing holds 9 to 261 of them.`,
        cure: "Add larger subnets in the same zone (a VPC can take a further CIDR block) and move the fleet to them.",
      })),
};
