import { idleTimeoutSeconds as limits } from "@redshift-fleet/redshift/declarations";
import { pooled, withoutTargets } from "../facts/facts";
import type { Check } from "./check";
import type { Finding } from "./finding";

/**
 * Whether the balancer keeps a silent connection for as long as a query may run: a query is silent until its first row. It
 * says nothing of the endpoints behind the balancer, whose 350 s nobody can set: only clients' keepalives cover these.
 */
export const idleTimeout: Check = {
  id: "idle-timeout",
  area: "balancer",
  title: "the balancer's idle timeout covers the longest query",
  needs: ["warehouses", "balancer"],
  judge(facts) {
    const listener = facts.balancer?.listener;
    if (!listener) return withoutTargets(facts);
    const { idleTimeoutSeconds } = listener;
    const pool = pooled(facts.warehouses);
    // Their rules would have to be read.
    const queued = pool
      .filter(({ workgroup }) => workgroup.queryTimeoutSeconds === undefined)
      .map(({ name }) => ({ unjudged: name, why: "its queues decide how long a query may run" }));
    const tooLong = pool.flatMap(({ name, workgroup: { queryTimeoutSeconds } }) =>
      queryTimeoutSeconds === undefined || (queryTimeoutSeconds > 0 && queryTimeoutSeconds <= idleTimeoutSeconds)
        ? []
        : [`${name} (${queryTimeoutSeconds === 0 ? "no limit" : `${queryTimeoutSeconds} s`})`],
    );
    if (tooLong.length === 0) return queued;
    const finding: Finding = {
      what: `The balancer cuts connections that are silent for ${idleTimeoutSeconds} s, sooner than queries end`,
      cause: `Queries may run longer on ${tooLong.join(", ")}, and send nothing before their first row.`,
      cure: `Set \`balancer.idleTimeoutSeconds\` to the longest query (at most ${limits.longest}), or \`pool.queryTimeoutSeconds\` to ${idleTimeoutSeconds} or less; then \`pulumi refresh\` and \`pulumi up\`. Clients need TCP keepalives every 300 s in any case: the consumers' endpoints cut silent connections after 350 s.`,
    };
    return [finding, ...queued];
  },
};
