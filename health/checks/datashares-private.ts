import { isSilent, silentProducer } from "../facts/facts";
import type { Check } from "./check";
import { bringBack } from "./finding";

/** No datashare is open to publicly accessible consumers. */
export const datasharesPrivate: Check = {
  id: "datashares-private",
  area: "datashares",
  title: "datashares are closed to publicly accessible consumers",
  needs: ["catalogs"],
  judge(facts) {
    const { outputs, catalogs } = facts;
    const { producer } = catalogs;
    if (isSilent(producer)) return silentProducer(facts);
    return producer.shares
      .filter((share) => share.publicAccessible && outputs.datashares.some(({ name }) => name === share.name))
      .map(({ name }) => ({
        what: `Datashare ${name} is open to publicly accessible consumers`,
        cause: "Somebody set PUBLICACCESSIBLE. Consumers in a VPC never need it, whatever an access error suggests.",
        cure: bringBack,
      }));
  },
};
