import { withoutTargets } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Finding } from "./finding";

/** The target group forwards in the way that private endpoints and a fair spread need. */
export const balancerForwarding: Check = {
  id: "balancer-forwarding",
  area: "balancer",
  title: "client addresses are not preserved, connections not sticky",
  needs: ["balancer"],
  judge(facts) {
    const group = facts.balancer?.listener?.group;
    if (!group) return withoutTargets(facts);
    const findings: Finding[] = [];
    if (group.preserveClientIp) {
      findings.push({
        what: `Target group ${group.name} preserves client addresses`,
        cause: "Targets are addresses of PrivateLink endpoints: with client addresses preserved their traffic is lost.",
        cure: bringBack,
      });
    }
    if (group.sticky) {
      findings.push({
        what: `Target group ${group.name} is sticky`,
        cause: "Clients behind one address all end on one consumer, and passive health checks are off while it is so.",
        cure: bringBack,
      });
    }
    return findings;
  },
};
