import type { Check } from "./check";
import { bringBack, type Finding } from "./finding";

/** Where there is a pool there is its balancer: in service, and listening on the readers' port. */
export const balancerPresent: Check = {
  id: "balancer-present",
  area: "balancer",
  title: "the balancer is in service and listens",
  needs: ["balancer"],
  judge({ outputs, balancer }): Finding[] {
    const { endpoint, consumers } = outputs;
    if (!consumers.some(({ group }) => group === "pool")) return [];
    if (!balancer) {
      return [
        {
          what: `There is no balancer with the readers' address ${endpoint.host}`,
          cause: "It was deleted outside of the stack, or the credentials belong to another account or Region.",
          cure: bringBack,
        },
      ];
    }
    if (balancer.state !== "active") {
      return [
        {
          what: `Balancer ${balancer.name} is ${balancer.state}, not active`,
          cause: "It is still being made, or AWS could not make it.",
          cure: "Wait some minutes and check again; if it stays so, see it in the EC2 console.",
        },
      ];
    }
    if (balancer.listener?.group) return [];
    const lack = balancer.listener
      ? "a listener that forwards to a target group"
      : `a listener on port ${endpoint.port}`;
    return [
      {
        what: `Balancer ${balancer.name} has no ${lack.replace(/^a /, "")}`,
        cause: "The listener was deleted or changed by hand: nobody can connect.",
        cure: bringBack,
      },
    ];
  },
};
