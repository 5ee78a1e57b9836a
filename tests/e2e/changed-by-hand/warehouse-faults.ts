import { kill, revive } from "../../../sandbox/control";
import { change, settled } from "./checked-fleet";
import type { Faults } from "./fault";

/** Workgroups, and whether they answer. */
export const warehouseFaults: Faults = {
  "a warehouse on the internet": ({ account, second }) => ({
    make: () => change(account, second, { publiclyAccessible: true }),
    undo: () => change(account, second, { publiclyAccessible: false }),
    finds: () => "warehouses-private: pool-2 is publicly accessible",
  }),
  "a consumer that is dead": ({ fleet, first }) => ({
    async make() {
      await kill({ dir: fleet.sandbox, target: first.workgroup });
      await settled(fleet, (states) => states.filter((state) => state === "unhealthy").length === 3);
    },
    undo: () => revive({ dir: fleet.sandbox, target: first.workgroup }),
    finds: () => "warehouses-answer: pool-1 does not answer SQL",
    deadlineMs: 10_000,
  }),
};
