import { definePolicy } from "../framework/policy";
import { listenerTypes, loadBalancers } from "../framework/types";

export const balancerAccessLogs = definePolicy({
  name: "balancer-access-logs",
  area: "balancer",
  entry: 37,
  description: "A Network Load Balancer that ends TLS should write access logs.",
  why: "they tell who connected; a balancer that passes TCP through has none to write, its flow logs do that",
  mend: "set accessLogs with a bucket and enabled true",
  severity: "low",
  level: "advisory",
  controls: ["CKV_AWS_91"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html",
  stackTypes: [...loadBalancers],
  stackChecks: [
    (balancer, { graph, violation }) => {
      if (balancer.text("loadBalancerType") !== "network") return;
      const listeners = graph.referrers(balancer, listenerTypes, "loadBalancerArn");
      if (!listeners.some((listener) => listener.text("protocol") === "TLS")) return;
      const logs = balancer.set("accessLogs") ? balancer.child("accessLogs") : undefined;
      if (logs?.flag("enabled") !== true) violation(`accessLogs is ${logs ? "not enabled" : "not set"}`);
    },
  ],
});
