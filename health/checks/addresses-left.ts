import { addressesToResize, capacity, counted, defaultCapacity } from "@redshift-fleet/redshift/declarations";
import { type Subnet, unseen, type Warehouse } from "../facts/facts";
import type { Check } from "./check";
import type { Finding } from "./finding";

/** In every subnet there is room to resize each workgroup that is in it to its next size. */
export const addressesLeft: Check = {
  id: "addresses-left",
  area: "network",
  title: "subnets have addresses left for a resize",
  needs: ["warehouses", "network"],
  judge: ({ warehouses, network }) => [
    ...network.subnets.flatMap((subnet) => shortage(subnet, warehouses)),
    ...warehouses.flatMap((warehouse) => (warehouse.workgroup ? [] : [unseen(warehouse)])),
  ],
};

function shortage(subnet: Subnet, warehouses: Warehouse[]): Finding[] {
  const needs = warehouses.flatMap(({ name, workgroup }) => {
    if (!workgroup?.subnetIds.includes(subnet.id)) return [];
    const rpus = workgroup.baseCapacity ?? defaultCapacity;
    if (rpus >= capacity.largest) return [];
    return [{ name, rpus, addresses: addressesToResize(rpus, workgroup.enhancedVpcRouting) }];
  });
  const short = needs.filter(({ addresses }) => addresses > subnet.freeAddresses);
  const worst = short.sort((one, other) => other.addresses - one.addresses)[0];
  if (!worst) return [];
  return [
    {
      what: `Subnet ${subnet.id} (${subnet.cidr}, ${subnet.zone}) has ${counted(subnet.freeAddresses, "address", "addresses")} left`,
      cause: `${worst.name} has ${worst.rpus} RPUs and needs ${worst.addresses} free ones to be resized to the next size; it cannot grow.`,
      cure: "Free addresses (smaller or fewer warehouses, other tenants of the subnet moved), or give the fleet larger subnets.",
    },
  ];
}
