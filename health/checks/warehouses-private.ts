import { unseen } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Verdict } from "./finding";

/** Nothing of the fleet can be reached from the internet. */
export const warehousesPrivate: Check = {
  id: "warehouses-private",
  area: "network",
  title: "nothing is reachable from the internet",
  needs: ["warehouses", "balancer"],
  judge({ warehouses, balancer }) {
    const workgroups = warehouses.flatMap((warehouse): Verdict[] => {
      const { name, workgroup } = warehouse;
      if (!workgroup) return [unseen(warehouse)];
      if (!workgroup.publiclyAccessible) return [];
      return [
        {
          what: `${name} is publicly accessible`,
          cause: `Somebody switched workgroup ${workgroup.name} to publicly accessible.`,
          cure: bringBack,
        },
      ];
    });
    if (!balancer || balancer.scheme === "internal") return workgroups;
    return [
      ...workgroups,
      {
        what: `Balancer ${balancer.name} faces the internet`,
        cause: `Its scheme is ${balancer.scheme}; a scheme cannot be changed, so it was not made by this stack.`,
        cure: "Point readers at an internal balancer, and delete this one.",
      },
    ];
  },
};
