import { fewestZones } from "@redshift-fleet/redshift/declarations";
import { unseen } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Verdict } from "./finding";

/** Every workgroup has subnets in three Availability Zones. */
export const zones: Check = {
  id: "zones",
  area: "network",
  title: `workgroups are in ${fewestZones} Availability Zones`,
  needs: ["warehouses", "network"],
  judge({ warehouses, network }) {
    const zoneOf = new Map(network.subnets.map(({ id, zone }) => [id, zone]));
    return warehouses.flatMap((warehouse): Verdict[] => {
      const { name, workgroup } = warehouse;
      if (!workgroup) return [unseen(warehouse)];
      const found = [...new Set(workgroup.subnetIds.map((id) => zoneOf.get(id) ?? "a subnet that is gone"))].sort();
      if (found.length >= fewestZones) return [];
      return [
        {
          what: `${name} is in ${found.length} Availability Zone${found.length === 1 ? "" : "s"} (${found.join(", ")}), not in ${fewestZones}`,
          cause: `Workgroup ${workgroup.name} has the subnets ${workgroup.subnetIds.join(", ")}; enhanced VPC routing needs ${fewestZones} zones, and so does outliving the loss of one.`,
          cure: bringBack,
        },
      ];
    });
  },
};
