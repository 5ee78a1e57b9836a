import { readableConsumers, silentConsumers } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Verdict } from "./finding";

/** No reader holds what would keep it from being dropped, and none can come to own anything. */
export const readersLeftovers: Check = {
  id: "readers-leftovers",
  area: "readers",
  title: "readers own nothing and were granted nothing by hand",
  needs: ["catalogs"],
  judge: (facts) => [
    ...readableConsumers(facts).flatMap(({ name, catalog }): Verdict[] => [
      ...(catalog.publicMayCreate
        ? [
            {
              what: `Everybody may create objects in schema public of ${name}`,
              cause: "It was granted by hand: what a reader makes there keeps the reader from being dropped.",
              cure: bringBack,
            },
          ]
        : []),
      ...catalog.leftovers.map(({ holder, object, holds, remedy }) => ({
        what: `User ${holder} ${holds === "owns" ? "owns" : `has ${holds} on`} ${object} on ${name}`,
        cause: `Redshift does not drop such a user: an update that takes ${holder} out of the configuration would fail.`,
        cure: `In \`fleet connect --consumer ${name} --admin\`: ${remedy}`,
      })),
    ]),
    ...silentConsumers(facts),
  ],
};
