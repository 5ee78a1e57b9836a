import { unseen } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Verdict } from "./finding";

/** What Redshift Serverless asks for with enhanced VPC routing. */
const enoughZones = 3;

/** Every workgroup has subnets in three Availability Zones. */
export const zones: Check = {
  id: "zones",
  area: "network",
  title: `workgroups are in ${enoughZones} Availability Zones`,
  needs: ["warehouses", "network"],
  judge({ warehouses, network }) {
    const zoneOf = new Map(network.subnets.map(({ id, zone }) => [id, zone]));
    return warehouses.flatMap((warehouse): Verdict[] => {
      const { name, workgroup } = warehouse;
      if (!workgroup) return [unseen(warehouse)];
      const found = [...new Set(workgroup.subnetIds.map((id) => zoneOf.get(id) ?? "a subnet that is gone"))].sort();
      if (found.length >= enoughZones) return [];
      return [
        {
          what: `${name} is in ${found.length} Availability Zone${found.length === 1 ? "" : "s"} (${found.join(", ")}), not in ${enoughZones}`,
          cause: `Workgroup ${workgroup.name} has the subnets ${workgroup.subnetIds.join(", ")}; enhanced VPC routing needs ${enoughZones} zones, and so does outliving the loss of one.`,
          cure: bringBack,
        },
      ];
    });
  },
};
