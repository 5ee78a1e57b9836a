import {
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type Listener,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { idleTimeoutSeconds } from "@redshift-fleet/redshift/declarations";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import type { Clients } from "./clients";
import type { Balancer, TargetGroup } from "./facts";
import { everyPage } from "./pages";

/**
 * The load balancer that answers under the readers' address, found by its DNS name.
 * @returns undefined where there is none of that name
 */
export async function collectBalancer(clients: Clients, { endpoint }: StackOutputs): Promise<Balancer | undefined> {
  const { balancing, options } = clients;
  const all = await everyPage(
    async (Marker) => {
      const page = await balancing.send(new DescribeLoadBalancersCommand({ Marker }), options);
      return { ...page, nextToken: page.NextMarker };
    },
    (page) => page.LoadBalancers,
  );
  const found = all.find(({ DNSName }) => DNSName?.toLowerCase() === endpoint.host.toLowerCase());
  if (!found) return undefined;
  const LoadBalancerArn = found.LoadBalancerArn;
  const { Listeners = [] } = await balancing.send(new DescribeListenersCommand({ LoadBalancerArn }), options);
  const listener = Listeners.find(({ Port }) => Port === endpoint.port);
  return {
    name: found.LoadBalancerName ?? "",
    scheme: found.Scheme ?? "unknown",
    state: found.State?.Code ?? "unknown",
    securityGroupIds: found.SecurityGroups ?? [],
    subnetIds: (found.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
    listener: listener && (await listenerOf(clients, listener)),
  };
}

async function listenerOf(clients: Clients, listener: Listener): Promise<Balancer["listener"]> {
  const { balancing, options } = clients;
  const forward = listener.DefaultActions?.find(({ Type }) => Type === "forward");
  const groupArn = forward?.TargetGroupArn ?? forward?.ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn;
  const [{ Attributes = [] }, group] = await Promise.all([
    balancing.send(new DescribeListenerAttributesCommand({ ListenerArn: listener.ListenerArn }), options),
    groupArn ? groupOf(clients, groupArn) : undefined,
  ]);
  const idle = Attributes.find(({ Key }) => Key === "tcp.idle_timeout.seconds")?.Value;
  return { port: listener.Port ?? 0, idleTimeoutSeconds: Number(idle ?? idleTimeoutSeconds.default), group };
}

async function groupOf({ balancing, options }: Clients, TargetGroupArn: string): Promise<TargetGroup> {
  const [{ TargetGroups = [] }, { Attributes = [] }, { TargetHealthDescriptions = [] }] = await Promise.all([
    balancing.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] }), options),
    balancing.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }), options),
    balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn }), options),
  ]);
  const isOn = (key: string) => Attributes.some(({ Key, Value }) => Key === key && Value === "true");
  return {
    name: TargetGroups[0]?.TargetGroupName ?? "",
    port: TargetGroups[0]?.Port ?? 0,
    preserveClientIp: isOn("preserve_client_ip.enabled"),
    sticky: isOn("stickiness.enabled"),
    targets: TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
      address: Target?.Id ?? "",
      port: Target?.Port ?? 0,
      zone: Target?.AvailabilityZone,
      state: TargetHealth?.State ?? "unknown",
      reason: TargetHealth?.Description,
    })),
  };
}
