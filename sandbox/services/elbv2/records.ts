import type { Tags } from "../../aws/tags";

export interface LoadBalancerRecord {
  arn: string;
  name: string;
  dnsName: string;
  scheme: "internal" | "internet-facing";
  vpcId: string;
  createdAt: string;
  state: "provisioning" | "active";
  securityGroups: string[];
  /** One node a zone: where the balancer listens. */
  nodes: { subnetId: string; zone: string; address: string }[];
  ipAddressType: string;
  attributes: Record<string, string>;
  tags: Tags;
}

export interface TargetGroupRecord {
  arn: string;
  name: string;
  protocol: string;
  port: number;
  vpcId: string;
  targetType: string;
  ipAddressType: string;
  healthCheck: {
    enabled: boolean;
    protocol: string;
    port: string;
    intervalSeconds: number;
    timeoutSeconds: number;
    healthyThreshold: number;
    unhealthyThreshold: number;
  };
  attributes: Record<string, string>;
  targets: { id: string; port: number; zone?: string }[];
  tags: Tags;
}

export interface ListenerRecord {
  arn: string;
  loadBalancerArn: string;
  protocol: string;
  port: number;
  targetGroupArn: string;
  attributes: Record<string, string>;
  tags: Tags;
}
