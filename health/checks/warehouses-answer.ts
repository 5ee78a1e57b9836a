import { isSilent, silence, unseen } from "../facts/facts";
import type { Check } from "./check";
import type { Verdict } from "./finding";

/** Every warehouse that is there runs SQL for its administrator. */
export const warehousesAnswer: Check = {
  id: "warehouses-answer",
  area: "warehouses",
  title: "warehouses answer SQL",
  needs: ["warehouses", "catalogs"],
  judge({ warehouses, catalogs, outages }) {
    return warehouses.flatMap((warehouse): Verdict[] => {
      const { name, group, kind, workgroup } = warehouse;
      const catalog = group === "producer" ? catalogs.producer : catalogs.consumers[name];
      if (catalog && !isSilent(catalog)) return [];
      // That one is missing or known to be down is said where that is looked at.
      if (kind === "serverless" && !workgroup) return [unseen(warehouse)];
      if (!catalog || outages.warehouses[name]) return [silence({ outages }, name)];
      return [{ what: `${name} does not answer SQL`, cause: catalog.error, cure }];
    });
  },
};

const cure =
  "A warehouse that Redshift is patching comes back within minutes. If this one does not: see its events and the AWS Health Dashboard, and replace it by raising its `generation`.";
