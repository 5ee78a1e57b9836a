import { integer, strings } from "../framework/config";
import { definePolicy } from "../framework/policy";
import { overlaps, portRange } from "../framework/ports";
import type { Subject } from "../framework/subject";
import { TARGET_ATTACHMENTS, TARGET_GROUPS } from "../framework/types";

const parameters = {
  ports: strings(["5431-5455", "8191-8215"], "Ports by which a target group of Redshift is known."),
  minimumTargets: integer(
    1,
    "How many targets a group has at least: the number of consumers behind it, where that is fixed. Which warehouses belong behind a balancer no resource says, so it cannot be counted.",
    1,
  ),
  longestInterval: integer(30, "How many seconds may lie between two health checks.", 5, 300),
};

/** Target groups that carry connections to Redshift. */
function carriesRedshift(group: Subject<(typeof TARGET_GROUPS)[number]>, ports: string[]): boolean {
  if (!["TCP", "TLS"].includes(group.text("protocol") ?? "")) return false;
  const port = group.number("port");
  return port !== undefined && ports.some((range) => overlaps({ from: port, to: port }, portRange(range)));
}

export const balancerTargets = definePolicy({
  name: "balancer-targets",
  area: "balancer",
  entry: 36,
  description:
    "A target group of Redshift must have targets, check their health often and not preserve client addresses.",
  why: "readers otherwise reach nobody, wait for a consumer that is gone, or cannot connect to one in their own subnet",
  mend: 'register each consumer\'s addresses, leave healthCheck enabled with an interval of 30 s or less, and set preserveClientIp to "false"',
  severity: "medium",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html",
  parameters,
  types: [...TARGET_GROUPS],
  checks: [
    (group, { config, violation }) => {
      if (!carriesRedshift(group, config.ports)) return;
      const check = group.child("healthCheck");
      if (check?.flag("enabled") === false) violation("healthCheck.enabled is false");
      const interval = check?.number("interval");
      if (interval !== undefined && interval > config.longestInterval) {
        violation(`healthCheck.interval is ${interval}, more than ${config.longestInterval} seconds`);
      }
    },
    (group, { config, violation }) => {
      if (!carriesRedshift(group, config.ports)) return;
      // AWS preserves client addresses by default only where targets are instances.
      const preserved = group.flag("preserveClientIp") ?? group.text("targetType") !== "ip";
      if (preserved)
        violation(`preserveClientIp is ${group.text("preserveClientIp") ?? "not set, and targets are not addresses"}`);
    },
  ],
  stackTypes: [...TARGET_GROUPS],
  stackChecks: [
    (group, { graph, config, violation }) => {
      if (!carriesRedshift(group, config.ports)) return;
      const targets = graph.referrers(group, TARGET_ATTACHMENTS, "targetGroupArn").length;
      if (targets < config.minimumTargets) violation(`it has ${targets} targets, fewer than ${config.minimumTargets}`);
    },
  ],
});
