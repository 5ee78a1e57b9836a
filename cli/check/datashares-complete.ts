import type { Check } from "./check";
import { isSilent, type ProducerShare } from "./facts";
import { bringBack, type Finding } from "./finding";

/** Datashares hold the schemas that the stack says, and every table of those that share new ones by themselves. */
export const datasharesComplete: Check = {
  id: "datashares-complete",
  area: "datashares",
  title: "datashares hold their schemas and tables",
  needs: ["catalogs"],
  judge({ outputs, catalogs: { producer } }) {
    if (isSilent(producer)) return [];
    return outputs.datashares.flatMap(({ name, schemas }) => {
      const share = producer.shares.find((candidate) => candidate.name === name);
      return share ? schemas.flatMap((schema) => faultsOf(share, schema, producer.tables)) : [];
    });
  },
};

function faultsOf(share: ProducerShare, schema: string, tables: string[]): Finding[] {
  const inSchema = (object: string) => object.startsWith(`${schema}.`);
  const found = share.schemas.find(({ name }) => name === schema);
  if (!found) return [lack(share.name, `schema ${schema}`)];
  if (!share.objects.some(inSchema)) return [lack(share.name, `any table of schema ${schema}`)];
  // Only where new tables are shared by themselves is it certain that each one is meant to be.
  if (!found.includeNew) return [];
  const missing = tables.filter((table) => inSchema(table) && !share.objects.includes(table));
  return missing.length > 0 ? [lack(share.name, missing.join(", "))] : [];
}

function lack(share: string, what: string): Finding {
  return {
    what: `Datashare ${share} does not hold ${what}`,
    cause: "It was taken out by hand, or the table was dropped and made again, which takes it out.",
    cure: bringBack,
  };
}
