import type { ListenerRecord, LoadBalancerRecord, TargetGroupRecord } from "./records";

export function presentLoadBalancer(record: LoadBalancerRecord) {
  return {
    LoadBalancerArn: record.arn,
    DNSName: record.dnsName,
    CanonicalHostedZoneId: "Z26RNL4JYFTOTI",
    CreatedTime: record.createdAt,
    LoadBalancerName: record.name,
    Scheme: record.scheme,
    VpcId: record.vpcId,
    State: { Code: record.state },
    Type: "network",
    AvailabilityZones: record.nodes.map(({ subnetId, zone, address }) => ({
      ZoneName: zone,
      SubnetId: subnetId,
      LoadBalancerAddresses: [{ PrivateIPv4Address: address }],
    })),
    SecurityGroups: record.securityGroups,
    IpAddressType: record.ipAddressType,
  };
}

export function presentTargetGroup(record: TargetGroupRecord, loadBalancerArns: string[]) {
  return {
    TargetGroupArn: record.arn,
    TargetGroupName: record.name,
    Protocol: record.protocol,
    Port: record.port,
    VpcId: record.vpcId,
    TargetType: record.targetType,
    IpAddressType: record.ipAddressType,
    HealthCheckProtocol: record.healthCheck.protocol,
    HealthCheckPort: record.healthCheck.port,
    HealthCheckEnabled: record.healthCheck.enabled,
    HealthCheckIntervalSeconds: record.healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: record.healthCheck.timeoutSeconds,
    HealthyThresholdCount: record.healthCheck.healthyThreshold,
    UnhealthyThresholdCount: record.healthCheck.unhealthyThreshold,
    LoadBalancerArns: loadBalancerArns,
  };
}

export function presentListener(record: ListenerRecord) {
  return {
    ListenerArn: record.arn,
    LoadBalancerArn: record.loadBalancerArn,
    Protocol: record.protocol,
    Port: record.port,
    DefaultActions: [
      {
        Type: "forward",
        TargetGroupArn: record.targetGroupArn,
        ForwardConfig: { TargetGroups: [{ TargetGroupArn: record.targetGroupArn }] },
      },
    ],
  };
}
