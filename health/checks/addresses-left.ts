import { addressesToResize, counted } from "@redshift-fleet/redshift";
import { type Subnet, unseen, type Warehouse } from "../facts/facts";
import type { Check } from "./check";
import type { Finding } from "./finding";

/** What a workgroup gets where nothing else is said. */
const defaultCapacity = 128;
const largestCapacity = 1024;

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
    const capacity = workgroup.baseCapacity ?? defaultCapacity;
    if (capacity >= largestCapacity) return [];
    return [{ name, capacity, addresses: addressesToResize(capacity, workgroup.enhancedVpcRouting) }];
  });
  const short = needs.filter(({ addresses }) => addresses > subnet.freeAddresses);
  const worst = short.sort((one, other) => other.addresses - one.addresses)[0];
  if (!worst) return [];
  return [
    {
      what: `Subnet ${subnet.id} (${subnet.cidr}, ${subnet.zone}) has ${counted(subnet.freeAddresses, "address", "addresses")} left`,
      cause: `${worst.name} has ${worst.capacity} RPUs and needs ${worst.addresses} free ones to be resized to the next size; it cannot grow.`,
      cure: "Free addresses (smaller or fewer warehouses, other tenants of the subnet moved), or give the fleet larger subnets.",
    },
  ];
}
