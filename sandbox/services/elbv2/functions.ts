import type { Invoke } from "../../provider/resource/invoke";
import { maps, optionalText, text } from "../../provider/values";

export const getLoadBalancer: Invoke = {
  async run(args, { call }) {
    const arn = optionalText(args, "arn");
    const name = optionalText(args, "name");
    const by: Record<string, string[]> = arn ? { LoadBalancerArns: [arn] } : name ? { Names: [name] } : {};
    const found = maps(await call("DescribeLoadBalancers", by), "LoadBalancers")[0];
    if (!found) throw new Error("no matching ELBv2 Load Balancer found");
    const {
      LoadBalancerArn = "",
      DNSName = "",
      LoadBalancerName = "",
      Scheme = "",
      SecurityGroups = [],
      VpcId = "",
    } = found;
    return {
      arn: LoadBalancerArn,
      dnsName: DNSName,
      id: LoadBalancerArn,
      internal: Scheme === "internal",
      loadBalancerType: found.Type ?? "network",
      name: LoadBalancerName,
      securityGroups: SecurityGroups,
      subnets: maps(found, "AvailabilityZones").map((zone) => text(zone, "SubnetId")),
      vpcId: VpcId,
      zoneId: found.CanonicalHostedZoneId ?? "",
    };
  },
};
