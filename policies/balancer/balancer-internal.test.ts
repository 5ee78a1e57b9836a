import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { balancerInternal } from "./balancer-internal";

const prod = { stack: "prod" };

testPolicy(
  balancerInternal,
  {
    nlb: resource("aws:lb/loadBalancer:LoadBalancer", {
      loadBalancerType: "network",
      internal: true,
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: true,
    }),
    group: resource("aws:lb/targetGroup:TargetGroup", { protocol: "TCP", loadBalancingCrossZoneEnabled: "true" }),
  },
  [
    violates("internet-facing", { "nlb.internal": false }, /nlb: internal is false/, { becomes: { internal: true } }),
    violates("left to the default", { "nlb.internal": absent }, /which means internet-facing/),
    violates(
      "one zone at a time",
      { "nlb.enableCrossZoneLoadBalancing": absent, "nlb.internal": unknown },
      /enableCrossZoneLoadBalancing is not set/,
      { becomes: { enableCrossZoneLoadBalancing: true } },
    ),
    violates(
      "unprotected in production",
      { "nlb.enableDeletionProtection": false },
      /enableDeletionProtection is false/,
      { ...prod, becomes: { enableDeletionProtection: true } },
    ),
    violates(
      "unprotected by default in production",
      { "nlb.enableDeletionProtection": absent },
      /enableDeletionProtection is not set/,
      prod,
    ),
    violates(
      "by its other token",
      {
        alb: resource("aws:alb/loadBalancer:LoadBalancer", {
          loadBalancerType: "network",
          enableCrossZoneLoadBalancing: true,
        }),
      },
      /alb: internal/,
    ),
    violates(
      "a group that overrides it with the string false",
      { "group.loadBalancingCrossZoneEnabled": "false" },
      /group: loadBalancingCrossZoneEnabled/,
      { becomes: { loadBalancingCrossZoneEnabled: "use_load_balancer_configuration" } },
    ),
    violates(
      "a group by its other token",
      { other: resource("aws:alb/targetGroup:TargetGroup", { loadBalancingCrossZoneEnabled: "false" }) },
      /other: loadBalancingCrossZoneEnabled/,
    ),
    undecided("a type not known yet", { "nlb.loadBalancerType": unknown }, /loadBalancerType/),
    undecided("not known yet", { "nlb.internal": unknown }, /internal/),
    passes("unprotected elsewhere", { "nlb.enableDeletionProtection": absent }),
    passes("an application load balancer", { "nlb.loadBalancerType": "application", "nlb.internal": false }),
    passes("a group that leaves it to the balancer", {
      "group.loadBalancingCrossZoneEnabled": "use_load_balancer_configuration",
    }),
    passes("a group that says nothing", { "group.loadBalancingCrossZoneEnabled": absent }),
  ],
);
