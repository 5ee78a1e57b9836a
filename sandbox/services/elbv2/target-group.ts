import {
  between,
  boolean,
  length,
  list,
  members,
  number,
  object,
  oneOf,
  string,
} from "../../provider/resource/property";
import { lookUp } from "../../provider/resource/resource";
import type { ResourceType } from "../../provider/resource/resource-type";
import { defined, isMap, maps, optionalNumber, optionalText, type Value, type ValueMap } from "../../provider/values";
import { attributeList, attributes, elbName, flagOf, numberOf, resource, suffixOf } from "./resource";

const healthCheckRules = members({
  healthyThreshold: between(2, 10),
  interval: between(5, 300),
  timeout: between(2, 120),
  unhealthyThreshold: between(2, 10),
});

function targetGroupType(module: "lb" | "alb"): ResourceType {
  return resource({
    token: `aws:${module}/targetGroup:TargetGroup`,
    label: "ELBv2 Target Group",
    tagged: true,
    autoName: { property: "name", maxLength: 32, prefixProperty: "namePrefix" },
    properties: {
      connectionTermination: boolean({ computed: true }),
      deregistrationDelay: number({ default: 300 }, between(0, 3600)),
      healthCheck: object({ computed: true }, healthCheckRules),
      ipAddressType: string({ computed: true, replaces: true }, oneOf("ipv4", "ipv6")),
      lambdaMultiValueHeadersEnabled: boolean({ default: false }),
      loadBalancingAlgorithmType: string({ computed: true }),
      loadBalancingAnomalyMitigation: string({ computed: true }),
      loadBalancingCrossZoneEnabled: string(
        { computed: true },
        oneOf("true", "false", "use_load_balancer_configuration"),
      ),
      name: string({ computed: true, replaces: true }, length(1, 32), elbName),
      namePrefix: string({ computed: true, replaces: true }, length(1, 6)),
      port: number({ replaces: true }, between(1, 65_535)),
      preserveClientIp: string({ computed: true }, oneOf("true", "false")),
      protocol: string(
        { replaces: true },
        oneOf("GENEVE", "HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP", "QUIC", "TCP_QUIC"),
      ),
      protocolVersion: string({ computed: true, replaces: true }),
      proxyProtocolV2: boolean({ default: false }),
      slowStart: number({ default: 0 }),
      stickiness: object({ computed: true }),
      targetControlPort: number({ replaces: true }),
      targetFailovers: list({ computed: true }),
      targetGroupHealth: object({ computed: true }),
      targetHealthStates: list({ computed: true }),
      targetType: string({ default: "instance", replaces: true }, oneOf("instance", "ip", "lambda", "alb")),
      vpcId: string({ replaces: true }),
    },
    outputs: ["arn", "arnSuffix", "loadBalancerArns"],
    check(inputs) {
      const missing = ["port", "protocol", "vpcId"].filter(
        (key) => inputs.targetType !== "lambda" && inputs[key] === undefined,
      );
      const failures = missing.map((property) => ({
        property,
        reason: `"${property}" is required unless targetType is lambda`,
      }));
      const health = isMap(inputs.healthCheck) ? inputs.healthCheck : {};
      const { timeout, interval } = health;
      if (typeof timeout === "number" && typeof interval === "number" && timeout > interval) {
        const reason = `timeout (${timeout} s) must not exceed interval (${interval} s)`;
        failures.push({ property: "healthCheck.timeout", reason });
      }
      return failures;
    },
    id: "TargetGroupArn",
    members: { arn: "TargetGroupArn", name: "TargetGroupName" },
    create: ["CreateTargetGroup", "protocol", "port", "vpcId", "targetType", "ipAddressType"],
    request: (inputs) => ({ Name: inputs.name!, ...healthCheck(inputs) }),
    read: { operation: "DescribeTargetGroups", at: "TargetGroups", ids: "TargetGroupArns" },
    async state(found, context, _before, TargetGroupArn) {
      const values = await attributes(context, "DescribeTargetGroupAttributes", { TargetGroupArn });
      return {
        arnSuffix: suffixOf(TargetGroupArn),
        connectionTermination: flagOf(values, "deregistration_delay.connection_termination.enabled") ?? false,
        deregistrationDelay: numberOf(values, "deregistration_delay.timeout_seconds") ?? 300,
        healthCheck: shownHealthCheck(found),
        ipAddressType: found.IpAddressType ?? "ipv4",
        loadBalancerArns: found.LoadBalancerArns ?? [],
        loadBalancingCrossZoneEnabled: values["load_balancing.cross_zone.enabled"] ?? "use_load_balancer_configuration",
        preserveClientIp: values["preserve_client_ip.enabled"] ?? "",
        proxyProtocolV2: flagOf(values, "proxy_protocol_v2.enabled") ?? false,
        stickiness: {
          enabled: values["stickiness.enabled"] === "true",
          type: values["stickiness.type"] ?? "source_ip",
        },
        targetHealthStates: healthStates(values),
      };
    },
    async apply(TargetGroupArn, { news, olds, changed }, { call }) {
      if (olds.arn !== undefined && changed.has("healthCheck"))
        await call("ModifyTargetGroup", { TargetGroupArn, ...healthCheck(news) });
      const Attributes = attributeList(attributesOf(news));
      await call("ModifyTargetGroupAttributes", { TargetGroupArn, Attributes });
    },
    delete: "DeleteTargetGroup",
  });
}

function shownHealthCheck(found: ValueMap): ValueMap {
  return defined({
    enabled: found.HealthCheckEnabled,
    healthyThreshold: found.HealthyThresholdCount,
    interval: found.HealthCheckIntervalSeconds,
    matcher: "",
    path: found.HealthCheckPath ?? "",
    port: found.HealthCheckPort,
    protocol: found.HealthCheckProtocol,
    timeout: found.HealthCheckTimeoutSeconds,
    unhealthyThreshold: found.UnhealthyThresholdCount,
  });
}

function healthCheck(inputs: ValueMap): ValueMap {
  const health = isMap(inputs.healthCheck) ? inputs.healthCheck : {};
  return defined({
    HealthCheckEnabled: health.enabled,
    HealthCheckIntervalSeconds: optionalNumber(health, "interval"),
    HealthCheckPath: optionalText(health, "path"),
    HealthCheckPort: health.port === undefined ? undefined : String(health.port),
    HealthCheckProtocol: optionalText(health, "protocol"),
    HealthCheckTimeoutSeconds: optionalNumber(health, "timeout"),
    HealthyThresholdCount: optionalNumber(health, "healthyThreshold"),
    UnhealthyThresholdCount: optionalNumber(health, "unhealthyThreshold"),
  });
}

function attributesOf(inputs: ValueMap): Record<string, Value | undefined> {
  const stickiness = isMap(inputs.stickiness) ? inputs.stickiness : {};
  const [state] = maps(inputs, "targetHealthStates");
  return {
    "deregistration_delay.timeout_seconds": inputs.deregistrationDelay,
    "deregistration_delay.connection_termination.enabled": inputs.connectionTermination,
    "load_balancing.cross_zone.enabled": inputs.loadBalancingCrossZoneEnabled,
    "preserve_client_ip.enabled": inputs.preserveClientIp,
    "proxy_protocol_v2.enabled": inputs.proxyProtocolV2,
    "stickiness.enabled": stickiness.enabled,
    "stickiness.type": stickiness.type,
    "target_health_state.unhealthy.connection_termination.enabled": state?.enableUnhealthyConnectionTermination,
    "target_health_state.unhealthy.draining_interval_seconds": state?.unhealthyDrainingInterval,
  };
}

function healthStates(values: Record<string, string>): Value {
  const ends = flagOf(values, "target_health_state.unhealthy.connection_termination.enabled");
  if (ends === null) return [];
  const interval = numberOf(values, "target_health_state.unhealthy.draining_interval_seconds") ?? 0;
  return [{ enableUnhealthyConnectionTermination: ends, unhealthyDrainingInterval: interval }];
}

/** Its id is `<target group ARN>,<target id>,<port>`. */
function attachmentType(module: "lb" | "alb"): ResourceType {
  return resource({
    token: `aws:${module}/targetGroupAttachment:TargetGroupAttachment`,
    label: "ELBv2 Target Group Attachment",
    properties: {
      availabilityZone: string({ replaces: true }),
      port: number({ replaces: true }, between(1, 65_535)),
      quicServerId: string({ replaces: true }),
      targetGroupArn: string({ required: true, replaces: true }),
      targetId: string({ required: true, replaces: true }),
    },
    id: "TargetGroupArn",
    async create({ targetGroupArn = "", targetId = "", port, availabilityZone }, { call }) {
      const target = defined({ Id: targetId, Port: port, AvailabilityZone: availabilityZone });
      await call("RegisterTargets", { TargetGroupArn: targetGroupArn, Targets: [target] });
      return `${String(targetGroupArn)},${String(targetId)},${typeof port === "number" ? port : ""}`;
    },
    async read(id, context) {
      const { TargetGroupArn, target, targetId, port } = parse(id);
      const input = { TargetGroupArn, Targets: [target] };
      const found = await lookUp(context, "DescribeTargetHealth", input, "TargetHealthDescriptions");
      const health = isMap(found?.TargetHealth) ? found.TargetHealth : {};
      const gone = ["Target.NotRegistered", "Target.DeregistrationInProgress"].includes(String(health.Reason));
      if (!found || gone) return undefined;
      return { targetGroupArn: TargetGroupArn, targetId, port: port ?? null };
    },
    async delete(id, _state, { call }) {
      const { TargetGroupArn, target } = parse(id);
      await call("DeregisterTargets", { TargetGroupArn, Targets: [target] });
    },
  });
}

function parse(id: string) {
  const [TargetGroupArn = "", targetId = "", portText = ""] = id.split(",");
  const port = portText === "" ? undefined : Number(portText);
  const target: { Id: string; Port?: number } = { Id: targetId, ...(port === undefined ? {} : { Port: port }) };
  return { TargetGroupArn, targetId, port, target };
}

export const targetGroups = [
  targetGroupType("lb"),
  targetGroupType("alb"),
  attachmentType("lb"),
  attachmentType("alb"),
];
