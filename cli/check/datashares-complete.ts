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
    return outputs.datashares.flatMap(({ name, schemas, tables = [] }) => {
      const share = producer.shares.find((candidate) => candidate.name === name);
      return share ? schemas.flatMap((schema) => faultsOf(share, schema, tables, producer.tables)) : [];
    });
  },
};

/** @param listed tables that the configuration names. @param tables those that there are */
function faultsOf(share: ProducerShare, schema: string, listed: string[], tables: string[]): Finding[] {
  const inSchema = (object: string) => object.startsWith(`${schema}.`);
  const gone = listed.filter((table) => inSchema(table) && !tables.includes(table));
  if (gone.length > 0) return gone.map((table) => nonexistent(share.name, table));
  const found = share.schemas.find(({ name }) => name === schema);
  if (!found) return [lack(share.name, `schema ${schema}`)];
  if (!share.objects.some(inSchema)) return [lack(share.name, `any table of schema ${schema}`)];
  // Of the others it is only certain that they are meant to be shared where new tables are shared by themselves.
  const meant = found.includeNew ? tables : listed;
  const missing = meant.filter((table) => inSchema(table) && !share.objects.includes(table));
  return missing.length > 0 ? [lack(share.name, missing.join(", "))] : [];
}

function nonexistent(share: string, table: string): Finding {
  return {
    what: `Table ${table}, which datashare ${share} lists, does not exist`,
    cause: "It was dropped on the producer, and readers no longer see it.",
    cure: `Make it again, or take it out of the configuration; then ${bringBack}`,
  };
}

function lack(share: string, what: string): Finding {
  return {
    what: `Datashare ${share} does not hold ${what}`,
    cause: "It was taken out by hand, or the table was dropped and made again, which takes it out.",
    cure: bringBack,
  };
}
