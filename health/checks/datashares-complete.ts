import { listedTables, wholeSchemas } from "@redshift-fleet/redshift/declarations";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { isSilent, type ProducerCatalog, type ProducerShare, silentProducer } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Finding, syncShares } from "./finding";

type Objects = NonNullable<StackOutputs["datashares"][number]["objects"]>;

/** Datashares hold the schemas that the stack says, with every table that it lists, or that there is. */
export const datasharesComplete: Check = {
  id: "datashares-complete",
  area: "datashares",
  title: "datashares hold their schemas and tables",
  needs: ["catalogs"],
  judge(facts) {
    const { outputs, catalogs } = facts;
    const { producer } = catalogs;
    if (isSilent(producer)) return silentProducer(facts);
    return outputs.datashares.flatMap(({ name, schemas, objects = {} }) => {
      const share = producer.shares.find((candidate) => candidate.name === name);
      return share ? schemas.flatMap((schema) => faultsOf(share, schema, objects, producer)) : [];
    });
  },
};

function faultsOf(share: ProducerShare, schema: string, objects: Objects, { tables }: ProducerCatalog): Finding[] {
  const inSchema = (object: string) => object.startsWith(`${schema}.`);
  const existing = tables.filter(inSchema);
  const listed = listedTables(objects).filter(inSchema);
  const gone = listed.filter((table) => !existing.includes(table));
  if (gone.length > 0) return gone.map((table) => nonexistent(share.name, table));
  const found = share.schemas.find(({ name }) => name === schema);
  if (!found) return [lack(share.name, `schema ${schema}`)];
  const held = share.objects.filter(inSchema);
  const whole = wholeSchemas(objects).includes(schema);
  // Of stacks that do not say it, it is certain where Redshift shares new tables by itself.
  const missing = (found.includeNew || whole ? existing : listed).filter((table) => !held.includes(table));
  if (held.length === 0) return [lack(share.name, `any table of schema ${schema}`)];
  if (missing.length > 0) return [lack(share.name, missing.join(", "))];
  // Functions have their argument types after their names.
  const surplus = held.filter((object) => !object.includes("(") && !listed.includes(object));
  return schema in objects && !whole && surplus.length > 0 ? [unlisted(share.name, surplus.join(", "))] : [];
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
    cause: "It was made after the share, taken out by hand, or dropped and made again, which takes it out.",
    cure: syncShares,
  };
}

function unlisted(share: string, what: string): Finding {
  return {
    what: `Datashare ${share} holds ${what}, which its configuration does not list`,
    cause: "It was put in by hand: every reader of the share sees it.",
    cure: `List it in the configuration, or ${syncShares}`,
  };
}
