import { stackOf } from "../framework/names";
import { definePolicy } from "../framework/policy";
import { isProduction, productionStacks } from "../framework/production";
import type { Subject } from "../framework/subject";
import { loadBalancers, targetGroups } from "../framework/types";

type Either = Subject<(typeof loadBalancers)[number] | (typeof targetGroups)[number]>;

/** The resource as a Network Load Balancer; others are none of this pack's business. */
function networkBalancer(resource: Either): Subject<(typeof loadBalancers)[number]> | undefined {
  const balancer = resource.as(...loadBalancers);
  return balancer?.text("loadBalancerType") === "network" ? balancer : undefined;
}

export const balancerInternal = definePolicy({
  name: "balancer-internal",
  area: "balancer",
  entry: 34,
  description:
    "A Network Load Balancer must be internal, balance across zones and, in production, be protected from deletion.",
  why: "readers otherwise come from the internet, hit one zone's consumers only, or lose their address to a slip",
  mend: "set internal and enableCrossZoneLoadBalancing to true, and in production enableDeletionProtection",
  severity: "high",
  level: "mandatory",
  controls: ["SecurityHub ELB.6", "CKV_AWS_150", "CKV_AWS_152"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6",
  parameters: { productionStacks },
  types: [...loadBalancers, ...targetGroups],
  checks: [
    (resource, { violation }) => {
      const internal = networkBalancer(resource)?.flag("internal");
      if (networkBalancer(resource) && internal !== true) {
        violation(`internal is ${internal ?? "not set, which means internet-facing"}`);
      }
    },
    (resource, { violation }) => {
      const crossZone = networkBalancer(resource)?.flag("enableCrossZoneLoadBalancing");
      if (networkBalancer(resource) && crossZone !== true) {
        violation(`enableCrossZoneLoadBalancing is ${crossZone ?? "not set, which means false"}`);
      }
    },
    (resource, { config, stack, violation }) => {
      if (!isProduction(stack, config.productionStacks)) return;
      const kept = networkBalancer(resource)?.flag("enableDeletionProtection");
      if (networkBalancer(resource) && kept !== true) {
        violation(`enableDeletionProtection is ${kept ?? "not set, which means false"}`);
      }
    },
    (resource, { violation }) => {
      const group = resource.as(...targetGroups);
      if (
        group?.flag("loadBalancingCrossZoneEnabled") === false &&
        group.text("loadBalancingCrossZoneEnabled") === "false"
      ) {
        violation("loadBalancingCrossZoneEnabled is false", {
          mend: "remove loadBalancingCrossZoneEnabled from the target group",
        });
      }
    },
  ],
  remedy: (resource, config) => {
    if (resource.as(...targetGroups)) return { loadBalancingCrossZoneEnabled: "use_load_balancer_configuration" };
    const patch = { internal: true, enableCrossZoneLoadBalancing: true };
    const production = isProduction(stackOf(resource.urn), config.productionStacks);
    return production ? { ...patch, enableDeletionProtection: true } : patch;
  },
});
