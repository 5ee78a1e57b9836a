import { type Faults, without } from "./faults";
import { groupOf, targetsOf, workgroupOf } from "./good-fleet";

/** Faults of the balancer and its targets. */
export const balancerFaults: Faults = {
  "no balancer": [
    (facts) => {
      facts.balancer = undefined;
    },
    "balancer-present: There is no balancer with the readers' address nlb.example",
  ],
  "no pool, and so no balancer": [
    (facts) => {
      facts.balancer = undefined;
      for (const consumer of facts.outputs.consumers) consumer.group = "workload";
      for (const warehouse of facts.warehouses.slice(1)) warehouse.group = "workload";
      groupOf(facts, "sg-clients").egress = without(groupOf(facts, "sg-clients").egress, "sg-balancer");
    },
  ],
  "a balancer that failed": [
    ({ balancer }) => Object.assign(balancer!, { state: "failed" }),
    "balancer-present: Balancer readers is failed, not active",
  ],
  "no listener": [
    ({ balancer }) => Object.assign(balancer!, { listener: undefined }),
    "balancer-present: Balancer readers has no listener on port 5439",
  ],
  "client addresses preserved, and stickiness": [
    ({ balancer }) => Object.assign(balancer!.listener!.group!, { preserveClientIp: true, sticky: true }),
    "balancer-forwarding: Target group consumers preserves client addresses",
    "balancer-forwarding: Target group consumers is sticky",
  ],
  "an idle timeout below the query timeout": [
    ({ balancer }) => Object.assign(balancer!.listener!, { idleTimeoutSeconds: 350 }),
    "idle-timeout: The balancer cuts connections that are silent for 350 s, sooner than queries end",
  ],
  "queries without limit": [
    (facts) => Object.assign(workgroupOf(facts, "pool-1"), { queryTimeoutSeconds: 0 }),
    "idle-timeout: The balancer cuts connections that are silent for 6000 s, sooner than queries end",
  ],
  "queues in place of a timeout": [(facts) => delete workgroupOf(facts, "pool-1").queryTimeoutSeconds],
  "a producer whose queries are longer than the balancer's": [
    (facts) => Object.assign(workgroupOf(facts, "producer"), { queryTimeoutSeconds: 80_000 }),
  ],
  "an address that is no target": [
    (facts) => {
      targetsOf(facts).shift();
    },
    "targets-registered: The balancer does not send connections to pool-1 at 10.0.0.8, port 5439",
  ],
  "a target on another port": [
    (facts) => Object.assign(targetsOf(facts)[0]!, { port: 5440 }),
    "targets-registered: The balancer does not send connections to pool-1 at 10.0.0.8, port 5439",
  ],
  "an endpoint that moved, its old target unhealthy": [
    (facts) => {
      workgroupOf(facts, "pool-1").endpoints[0]!.addresses = ["10.0.0.77"];
      targetsOf(facts)[0]!.state = "unhealthy";
    },
    "targets-registered: pool-1 moved from 10.0.0.8 to 10.0.0.77, and the balancer did not follow",
  ],
  "a stranger among the targets": [
    (facts) => targetsOf(facts).push({ address: "10.0.0.99", port: 5439, state: "unhealthy" }),
    "targets-registered: The balancer sends connections to 10.0.0.99, which is not of the pool",
  ],
  "a target on its way out": [
    (facts) => targetsOf(facts).push({ address: "10.0.0.99", port: 5439, state: "draining" }),
  ],
  "one unhealthy target": [
    (facts) => Object.assign(targetsOf(facts)[0]!, { state: "unhealthy", reason: "Health checks failed" }),
    "targets-healthy: Target 10.0.0.8:5439 of pool-1 is unhealthy",
  ],
  "a zone's targets unhealthy": [
    (facts) => {
      for (const target of targetsOf(facts)) if (target.zone === "us-east-1b") target.state = "unhealthy";
    },
    "targets-healthy: No target in us-east-1b is healthy: pool-1 (10.0.2.8), pool-2 (10.0.2.9)",
  ],
};
