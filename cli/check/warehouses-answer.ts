import type { Check } from "./check";
import { isSilent } from "./facts";
import type { Finding } from "./finding";

/** Every warehouse that is there runs SQL for its administrator. */
export const warehousesAnswer: Check = {
  id: "warehouses-answer",
  area: "warehouses",
  title: "warehouses answer SQL",
  needs: ["warehouses", "catalogs"],
  judge({ warehouses, catalogs, outages }) {
    return warehouses.flatMap(({ name, group, serverless, workgroup }): Finding[] => {
      const catalog = group === "producer" ? catalogs.producer : catalogs.consumers[name];
      // One without a workgroup cannot answer: that it has none is said elsewhere.
      if (!catalog || !isSilent(catalog) || (serverless && !workgroup)) return [];
      const outage = outages.warehouses[name] ?? { cause: catalog.error, cure };
      return [{ what: `${name} does not answer SQL`, ...outage }];
    });
  },
};

const cure =
  "A warehouse that Redshift is patching comes back within minutes. If this one does not: see its events and the AWS Health Dashboard, and replace it by raising its `generation`.";
