import { integer, strings } from "../framework/config";
import { type Graph, Member } from "../framework/graph";
import { type Context, definePolicy } from "../framework/policy";
import { overlaps, portRange } from "../framework/ports";
import type { Subject } from "../framework/subject";
import { listenerTypes, targetAttachments, targetGroups } from "../framework/types";

const parameters = {
  ports: strings(["5431-5455", "8191-8215"], "Ports by which a target group of Redshift is known."),
  minimumTargets: integer(
    1,
    "How many targets a group has at least: the number of consumers behind it, where that is fixed. Which warehouses belong behind a balancer no resource says, so it cannot be counted.",
    1,
  ),
  longestInterval: integer(30, "How many seconds may lie between two health checks.", 5, 300),
};

type Groups = (typeof targetGroups)[number];
type Config = Context<typeof parameters>["config"];

function isAmong(port: number | undefined, ports: string[]): boolean {
  return port !== undefined && ports.some((range) => overlaps({ from: port, to: port }, portRange(range)));
}

/** Whether it passes on connections as they come, which is all that Redshift's clients can use. */
function passesOn(group: Subject<Groups>): boolean {
  return ["TCP", "TLS", "TCP_UDP"].includes(group.text("protocol") ?? "");
}

/** Whether its own port says that a target group carries connections to Redshift. */
function saysRedshift(group: Subject<Groups>, { ports }: Config): boolean {
  return passesOn(group) && isAmong(group.number("port"), ports);
}

/** Whether only others say so: a target by its port or by what it is, a listener by its port. */
function othersSayRedshift(group: Member<Groups>, graph: Graph, config: Config): boolean {
  if (!passesOn(group) || saysRedshift(group, config)) return false;
  const byTarget = graph.referrers(group, targetAttachments, "targetGroupArn").some((target) => {
    const sources = target.resource.propertyDependencies.targetId ?? [];
    return (
      isAmong(target.set("port") ? target.number("port") : undefined, config.ports) ||
      sources.some(({ type }) => /^aws:redshift(serverless)?\//.test(type))
    );
  });
  return (
    byTarget ||
    graph.of(...listenerTypes).some((listener) => {
      const port = listener.peek("port");
      const itsPort = port.state === "known" ? Number(port.value) : undefined;
      return (
        isAmong(itsPort, config.ports) && graph.mentioned(listener, "defaultActions", targetGroups).includes(group)
      );
    })
  );
}

function demandChecks(group: Subject<Groups>, { config, violation }: Context<typeof parameters>): void {
  const check = group.child("healthCheck");
  if (check?.flag("enabled") === false) violation("healthCheck.enabled is false");
  const interval = check?.number("interval");
  if (interval !== undefined && interval > config.longestInterval) {
    violation(`healthCheck.interval is ${interval}, more than ${config.longestInterval} seconds`);
  }
}

/** AWS preserves client addresses by default only where targets are instances. */
function demandNoClientAddresses(group: Subject<Groups>, { violation }: Context<typeof parameters>): void {
  // Among outputs, what the provider fills in is not known yet and is no setting of the program's.
  const set = group instanceof Member ? group.set("preserveClientIp") : true;
  const given = set ? group.text("preserveClientIp") : undefined;
  if (given === "true" || (given === undefined && group.text("targetType") !== "ip")) {
    violation(`preserveClientIp is ${given ?? "not set, and targets are not addresses"}`);
  }
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
  types: [...targetGroups],
  checks: [
    (group, context) => {
      if (saysRedshift(group, context.config)) demandChecks(group, context);
    },
    (group, context) => {
      if (saysRedshift(group, context.config)) demandNoClientAddresses(group, context);
    },
  ],
  stackTypes: [...targetGroups],
  stackChecks: [
    (group, { graph, config, violation }) => {
      if (!saysRedshift(group, config) && !othersSayRedshift(group, graph, config)) return;
      const targets = graph.referrers(group, targetAttachments, "targetGroupArn").length;
      if (targets < config.minimumTargets) violation(`it has ${targets} targets, fewer than ${config.minimumTargets}`);
    },
    (group, context) => {
      if (othersSayRedshift(group, context.graph, context.config)) demandChecks(group, context);
    },
    (group, context) => {
      if (othersSayRedshift(group, context.graph, context.config)) demandNoClientAddresses(group, context);
    },
  ],
});
