import {
  DefaultSecurityGroup,
  type DefaultSecurityGroupArgs,
  FlowLog,
  type FlowLogArgs,
  Subnet,
  type SubnetArgs,
  Vpc,
  type VpcArgs,
  VpcEndpoint,
} from "@pulumi/aws/ec2";
import {
  LoadBalancer,
  type LoadBalancerArgs,
  TargetGroup,
  type TargetGroupArgs,
  TargetGroupAttachment,
} from "@pulumi/aws/lb";
import type { Input } from "@pulumi/pulumi";
import type { Naming } from "../program";

export const endpointServices = ["s3", "secretsmanager", "kms", "redshift-data", "logs"];
const zoneNames = ["us-east-1a", "us-east-1b", "us-east-1c"];

export interface NetworkChanges {
  vpc?: Partial<VpcArgs>;
  zones?: string[];
  /** By the subnet's letter. */
  subnets?: Record<string, Partial<SubnetArgs>>;
  defaultGroup?: Partial<DefaultSecurityGroupArgs> | false;
  flowLog?: Partial<FlowLogArgs> | false;
  services?: string[];
}

export function network(name: Naming, changes: NetworkChanges = {}) {
  const { zones = zoneNames, services = endpointServices } = changes;
  const vpc = new Vpc(name("vpc"), {
    cidrBlock: "10.20.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: true,
    ...changes.vpc,
  });
  const subnets = zones.map((availabilityZone, index) => {
    const letter = "abcdef"[index]!;
    return new Subnet(name(letter), {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: `10.20.${index * 2}.0/23`,
      ...changes.subnets?.[letter],
    });
  });
  if (changes.defaultGroup !== false)
    new DefaultSecurityGroup(name("default"), { vpcId: vpc.id, ...changes.defaultGroup });
  if (changes.flowLog !== false) {
    new FlowLog(name("flow"), {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: "arn:aws:s3:::acme-flow-logs",
      ...changes.flowLog,
    });
  }
  for (const service of services) {
    new VpcEndpoint(name(service), {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.us-east-1.${service}`,
      vpcEndpointType: service === "s3" ? "Gateway" : "Interface",
    });
  }
  return { vpc, subnets, subnetIds: subnets.map(({ id }) => id) };
}

export interface BalancerChanges {
  balancer?: Partial<LoadBalancerArgs>;
  group?: Partial<TargetGroupArgs>;
  targets?: string[];
}

/** An internal Network Load Balancer in front of Redshift. */
export function balancer(name: Naming, subnetIds: Input<string>[], changes: BalancerChanges = {}) {
  const front = new LoadBalancer(name("nlb"), {
    name: name("nlb").slice(-32),
    loadBalancerType: "network",
    internal: true,
    enableCrossZoneLoadBalancing: true,
    enableDeletionProtection: true,
    subnets: subnetIds,
    ...changes.balancer,
  });
  const group = new TargetGroup(name("group"), {
    name: name("group").slice(-32),
    port: 5439,
    protocol: "TCP",
    targetType: "ip",
    preserveClientIp: "false",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    healthCheck: { enabled: true, protocol: "TCP", interval: 10 },
    ...changes.group,
  });
  for (const [index, targetId] of (changes.targets ?? ["10.20.0.10", "10.20.2.10"]).entries()) {
    new TargetGroupAttachment(name(`target-${index}`), { targetGroupArn: group.arn, targetId, port: 5439 });
  }
  return { front, group };
}
