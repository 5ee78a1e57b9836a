import { readableConsumers, silentConsumers } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Verdict } from "./finding";

/** Every reader's secret opens every consumer. */
export const readersLogIn: Check = {
  id: "readers-log-in",
  area: "readers",
  title: "every reader's secret opens every consumer",
  needs: ["catalogs"],
  judge: (facts) => [
    ...readableConsumers(facts).flatMap(({ name, catalog }) =>
      facts.catalogs.readers.flatMap((reader): Verdict[] => {
        const login = catalog.logins[reader];
        if (login?.ok) return [];
        // That the user is missing altogether is said where consumers are compared.
        if (!catalog.users.includes(reader)) return [{ unjudged: name, why: `there is no user ${reader}` }];
        if (!login) return [{ unjudged: name, why: `${reader} was not asked` }];
        const refusal = ` The password of ${reader} was changed on this consumer, or in the secret alone.`;
        return [
          {
            what: `The secret of ${reader} does not open ${name}`,
            cause: `${login.error}${login.refused ? refusal : ""}`,
            cure: bringBack,
          },
        ];
      }),
    ),
    ...silentConsumers(facts),
  ],
};
