import { type ConsumerCatalog, readableConsumers, silentConsumers } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Finding } from "./finding";
import { isFor, isGranted } from "./shares";

/** On each consumer there is the database under which readers find a datashare, and it comes from that datashare. */
export const consumerDatabases: Check = {
  id: "consumer-databases",
  area: "datashares",
  title: "consumers have their databases from datashares",
  needs: ["catalogs"],
  judge(facts) {
    const { outputs } = facts;
    const producer = outputs.producer.namespaceId;
    const found = readableConsumers(facts).flatMap(({ name, namespaceId, catalog }) =>
      outputs.datashares
        .filter((share) => isFor(share, { name }) && isGranted(facts, share, namespaceId))
        .filter((share) => catalog.inbound.some((seen) => seen.share === share.name))
        .flatMap((share) => faultsOf(name, catalog, { share: share.name, database: share.consumerDatabase, producer })),
    );
    return [...found, ...silentConsumers(facts)];
  },
};

function faultsOf(
  name: string,
  catalog: ConsumerCatalog,
  wanted: { share: string; database: string; producer: string },
): Finding[] {
  const { share, database, producer } = wanted;
  const found = catalog.databases.find((candidate) => candidate.name === database);
  if (!found) {
    return [
      {
        what: `${name} has no database ${database}`,
        cause: `The database made from datashare ${share} was dropped.`,
        cure: bringBack,
      },
    ];
  }
  const link = catalog.inbound.find(({ consumerDatabase }) => consumerDatabase === database);
  if (link?.share === share && link.producerNamespace === producer) return [];
  const source = link
    ? `datashare ${link.share} of namespace ${link.producerNamespace}`
    : found.type === "local"
      ? "no datashare: it is a local one"
      : "a datashare that is gone";
  return [
    {
      what: `Database ${database} on ${name} does not show datashare ${share}`,
      cause: `It comes from ${source}.`,
      cure: `Drop it as the consumer's administrator: \`fleet connect --admin --consumer ${name} -c 'DROP DATABASE "${database}"'\`. Then ${bringBack}`,
    },
  ];
}
