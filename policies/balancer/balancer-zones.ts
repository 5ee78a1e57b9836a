import { integer } from "../framework/config";
import { definePolicy } from "../framework/policy";
import { loadBalancers } from "../framework/types";
import { demandZones, subnetsOf, subnetTypes } from "../framework/zones";

export const balancerZones = definePolicy({
  name: "balancer-zones",
  area: "balancer",
  entry: 35,
  description: "A Network Load Balancer must have a subnet in each of three Availability Zones.",
  why: "readers in a zone without one lose the address when another zone fails",
  mend: "pass one subnet of each zone in subnets or subnetMappings",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub ELB.13"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-13",
  parameters: { zones: integer(3, "How many Availability Zones the balancer stands in at least.", 1, 6) },
  stackTypes: [...loadBalancers],
  stackChecks: [
    (balancer, { graph, config, ...report }) => {
      if (balancer.text("loadBalancerType") !== "network") return;
      if (!balancer.set("subnetMappings") || balancer.set("subnets")) {
        return demandZones(subnetsOf(graph, balancer, "subnets"), "subnets", config.zones, report);
      }
      const mentioned = graph.mentioned(balancer, "subnetMappings", subnetTypes);
      const mappings = balancer.peek("subnetMappings");
      const count = mappings.state === "known" ? balancer.items("subnetMappings").length : undefined;
      const outside = count === undefined ? 0 : Math.max(0, count - mentioned.length);
      demandZones({ members: mentioned, outside, count }, "subnetMappings", config.zones, report);
    },
  ],
});
