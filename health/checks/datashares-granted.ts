import { isSilent, silentProducer } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Finding } from "./finding";
import { isFor } from "./shares";

/** Each datashare is there, and may be used by each consumer that it is for. */
export const datasharesGranted: Check = {
  id: "datashares-granted",
  area: "datashares",
  title: "datashares exist and are granted to their consumers",
  needs: ["catalogs"],
  judge(facts) {
    const { outputs, catalogs } = facts;
    const { producer } = catalogs;
    if (isSilent(producer)) return silentProducer(facts);
    return outputs.datashares.flatMap((share): Finding[] => {
      const found = producer.shares.find(({ name }) => name === share.name);
      if (!found) {
        return [
          {
            what: `The producer has no datashare ${share.name}`,
            cause: "It was dropped, or the producer was restored from a snapshot of another namespace.",
            cure: bringBack,
          },
        ];
      }
      return outputs.consumers
        .filter((consumer) => isFor(share, consumer) && !found.grantedTo.includes(consumer.namespaceId))
        .map(({ name, namespaceId }) => ({
          what: `Datashare ${share.name} is not granted to ${name}`,
          cause: `Its grant to namespace ${namespaceId} was revoked, or a snapshot was restored, which loses grants.`,
          cure: bringBack,
        }));
    });
  },
};
