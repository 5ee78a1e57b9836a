import type { Check } from "./check";
import { readableConsumers } from "./facts";
import { bringBack, type Finding } from "./finding";

/** The readers' secret opens every consumer. */
export const readersLogIn: Check = {
  id: "readers-log-in",
  area: "readers",
  title: "the readers' secret opens every consumer",
  needs: ["catalogs"],
  judge(facts) {
    const { reader } = facts.catalogs;
    return readableConsumers(facts).flatMap(({ name, catalog }): Finding[] => {
      // That the user is missing altogether is said where consumers are compared.
      if (catalog.login.ok || !catalog.users.includes(reader)) return [];
      return [
        {
          what: `The readers' secret does not open ${name}`,
          cause: `${catalog.login.error} The password of ${reader} was changed on this consumer, or in the secret alone.`,
          cure: bringBack,
        },
      ];
    });
  },
};
