import { LoadBalancer as OldLoadBalancer } from "@pulumi/aws/alb";
import { Listener } from "@pulumi/aws/lb";
import { type BalancerChanges, balancer } from "../parts";
import { platform } from "../platform";
import { bad, type Naming } from "../program";

/** A balancer with one change in it. */
const wrong = (changes: BalancerChanges) => (name: Naming) => {
  balancer(name, platform().subnetIds, changes);
};

bad("nlb-public", { "balancer-internal": ["nlb"] }, wrong({ balancer: { internal: false } }));
bad(
  "nlb-one-zone-only",
  { "balancer-internal": ["nlb"] },
  wrong({ balancer: { enableCrossZoneLoadBalancing: undefined } }),
);
bad("nlb-group-zone", { "balancer-internal": ["group"] }, wrong({ group: { loadBalancingCrossZoneEnabled: "false" } }));
bad(
  "nlb-deletable",
  { "balancer-internal": ["nlb"] },
  wrong({ balancer: { enableDeletionProtection: false } }),
  "prod",
);
bad("nlb-two-subnets", { "balancer-zones": ["nlb"] }, (name) => {
  balancer(name, platform().subnetIds.slice(0, 2));
});
bad("nlb-mappings", { "balancer-zones": ["nlb"] }, (name) => {
  const subnetMappings = platform()
    .subnetIds.slice(0, 2)
    .map((subnetId) => ({ subnetId }));
  balancer(name, [], { balancer: { subnets: undefined, subnetMappings } });
});
bad(
  "nlb-slow",
  { "balancer-targets": ["group"] },
  wrong({ group: { healthCheck: { protocol: "TCP", interval: 120 } } }),
);
bad("nlb-blind", { "balancer-targets": ["group"] }, wrong({ group: { healthCheck: { enabled: false } } }));
bad("nlb-client-addresses", { "balancer-targets": ["group"] }, wrong({ group: { preserveClientIp: "true" } }));
bad("nlb-other-port", { "balancer-targets": ["group"] }, wrong({ group: { port: 15_439, preserveClientIp: "true" } }));
bad("nlb-nobody", { "balancer-targets": ["group"] }, wrong({ targets: [] }));
bad("nlb-no-log", { "balancer-access-logs": ["nlb"] }, (name) => {
  const { front, group } = balancer(name, platform().subnetIds);
  new Listener(name("listener"), {
    loadBalancerArn: front.arn,
    port: 443,
    protocol: "TLS",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/4c1d7f0e-8a2b-4a57-8c52-0d6a5b3e9f21",
    defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
  });
});
bad("nlb-old-name", { "balancer-internal": ["nlb"] }, (name) => {
  new OldLoadBalancer(name("nlb"), {
    name: name("nlb"),
    loadBalancerType: "network",
    internal: false,
    enableCrossZoneLoadBalancing: true,
    subnets: platform().subnetIds,
  });
});
