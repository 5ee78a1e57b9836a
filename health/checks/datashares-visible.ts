import { readableConsumers, silentConsumers } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Verdict } from "./finding";
import { isFor, isGranted } from "./shares";

/** Consumers see the datashares that are granted to them. */
export const datasharesVisible: Check = {
  id: "datashares-visible",
  area: "datashares",
  title: "consumers see the datashares granted to them",
  needs: ["catalogs"],
  judge(facts) {
    const { outputs } = facts;
    const found = readableConsumers(facts).flatMap(({ name, namespaceId, catalog }) =>
      outputs.datashares
        .filter((share) => isFor(share, { name }) && isGranted(facts, share, namespaceId))
        .filter(
          (share) =>
            !catalog.inbound.some(
              (seen) => seen.share === share.name && seen.producerNamespace === outputs.producer.namespaceId,
            ),
        )
        .map(
          (share): Verdict => ({
            what: `${name} does not see datashare ${share.name}`,
            cause:
              "The grant is there but has not reached the consumer: it is only minutes old, the producer is in another account and nobody associated the share, or one of the two is not encrypted.",
            cure: `Wait some minutes and check again; then ${bringBack}`,
          }),
        ),
    );
    return [...found, ...silentConsumers(facts)];
  },
};
