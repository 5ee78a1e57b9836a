import { AwsError } from "../../aws/errors";

export interface WireAttribute {
  Key?: string;
  Value?: string;
}

interface Rule {
  initial: string;
  allowed: RegExp | readonly [least: number, most: number];
}

const boolean = /^(true|false)$/;

/** Attributes of Network Load Balancers and what they may be; times in seconds. */
export const loadBalancerAttributes: Readonly<Record<string, Rule>> = {
  "deletion_protection.enabled": { initial: "false", allowed: boolean },
  "load_balancing.cross_zone.enabled": { initial: "false", allowed: boolean },
  "access_logs.s3.enabled": { initial: "false", allowed: boolean },
  "access_logs.s3.bucket": { initial: "", allowed: /^.*$/ },
  "access_logs.s3.prefix": { initial: "", allowed: /^.*$/ },
  "dns_record.client_routing_policy": {
    initial: "any_availability_zone",
    allowed: /^(any_availability_zone|availability_zone_affinity|partial_availability_zone_affinity)$/,
  },
  "zonal_shift.config.enabled": { initial: "false", allowed: boolean },
  "secondary_ips.auto_assigned.per_subnet": { initial: "0", allowed: [0, 7] },
  "ipv6.deny_all_igw_traffic": { initial: "false", allowed: boolean },
};

export const targetGroupAttributes: Readonly<Record<string, Rule>> = {
  "deregistration_delay.timeout_seconds": { initial: "300", allowed: [0, 3_600] },
  "deregistration_delay.connection_termination.enabled": { initial: "false", allowed: boolean },
  "load_balancing.cross_zone.enabled": {
    initial: "use_load_balancer_configuration",
    allowed: /^(true|false|use_load_balancer_configuration)$/,
  },
  "preserve_client_ip.enabled": { initial: "false", allowed: boolean },
  "proxy_protocol_v2.enabled": { initial: "false", allowed: boolean },
  "stickiness.enabled": { initial: "false", allowed: boolean },
  "stickiness.type": { initial: "source_ip", allowed: /^source_ip$/ },
  "target_group_health.dns_failover.minimum_healthy_targets.count": { initial: "1", allowed: /^(off|\d+)$/ },
  "target_group_health.dns_failover.minimum_healthy_targets.percentage": { initial: "off", allowed: /^(off|\d+)$/ },
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": { initial: "1", allowed: [1, 1_000] },
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": {
    initial: "off",
    allowed: /^(off|\d+)$/,
  },
  "target_health_state.unhealthy.connection_termination.enabled": { initial: "true", allowed: boolean },
  "target_health_state.unhealthy.draining_interval_seconds": { initial: "0", allowed: [0, 360_000] },
};

/** The idle timeout of a TCP connection: 60 to 6000 s. */
export const listenerAttributes: Readonly<Record<string, Rule>> = {
  "tcp.idle_timeout.seconds": { initial: "350", allowed: [60, 6_000] },
};

export function initialAttributes(rules: Readonly<Record<string, Rule>>): Record<string, string> {
  return Object.fromEntries(Object.entries(rules).map(([key, { initial }]) => [key, initial]));
}

/** @throws AwsError ValidationError for an unknown key or a value out of range. */
export function changeAttributes(
  rules: Readonly<Record<string, Rule>>,
  current: Record<string, string>,
  changes: readonly WireAttribute[],
): Record<string, string> {
  const next = { ...current };
  for (const { Key: key = "", Value: value = "" } of changes) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (!rule) throw new AwsError("ValidationError", `The attribute '${key}' is not valid for this resource.`);
    if (rule.allowed instanceof RegExp) {
      if (!rule.allowed.test(value)) throw new AwsError("ValidationError", `'${value}' is not valid for '${key}'.`);
    } else {
      const [least, most] = rule.allowed;
      if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) {
        throw new AwsError("ValidationError", `'${key}' must be ${least} to ${most}, not '${value}'.`);
      }
    }
    next[key] = value;
  }
  return next;
}

export function attributeList(attributes: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
}
