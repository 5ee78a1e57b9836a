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
import type { ResourceType } from "../../provider/resource/resource-type";
import { tagList } from "../../provider/resource/tagging";
import {
  defined,
  isMap,
  maps,
  optionalNumber,
  optionalText,
  text,
  textMap,
  type Value,
  type ValueMap,
} from "../../provider/values";
import { ELB_NAME } from "./load-balancer";
import { attributeList, attributes, first, flagOf, numberOf, setTags, suffixOf, tagsOf } from "./resources";

const healthCheckRules = members({
  healthyThreshold: between(2, 10),
  interval: between(5, 300),
  timeout: between(2, 120),
  unhealthyThreshold: between(2, 10),
});

function targetGroupType(module: "lb" | "alb"): ResourceType {
  return {
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
      name: string({ computed: true, replaces: true }, length(1, 32), ELB_NAME),
      namePrefix: string({ computed: true, replaces: true }, length(1, 6)),
      port: number({ replaces: true }, between(1, 65_535)),
      preserveClientIp: string({ computed: true }, oneOf("true", "false")),
      protocol: string(
        { replaces: true },
        oneOf("GENEVE", "HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP", "QUIC", "TCP_QUIC"),
      ),
      protocolVersion: string({ computed: true, replaces: true }),
      proxyProtocolV2: boolean({ default: false }),
      region: string({ computed: true, replaces: true }),
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
    async create(inputs, context) {
      const input = defined({
        Name: text(inputs, "name"),
        Protocol: inputs.protocol,
        Port: inputs.port,
        VpcId: inputs.vpcId,
        TargetType: inputs.targetType,
        IpAddressType: optionalText(inputs, "ipAddressType"),
        ...healthCheck(inputs),
        Tags: tagList(textMap(inputs, "tagsAll")),
      });
      const answer: ValueMap = await context.call("CreateTargetGroup", input);
      const arn = text(maps(answer, "TargetGroups")[0] ?? {}, "TargetGroupArn");
      await context.call("ModifyTargetGroupAttributes", {
        TargetGroupArn: arn,
        Attributes: attributeList(attributesOf(inputs)),
      });
      return arn;
    },
    async read(id, context) {
      const found = await first(context, "DescribeTargetGroups", { TargetGroupArns: [id] }, "TargetGroups");
      if (!found) return undefined;
      const values = await attributes(context, "DescribeTargetGroupAttributes", { TargetGroupArn: id });
      return defined({
        arn: id,
        arnSuffix: suffixOf(id),
        connectionTermination: flagOf(values, "deregistration_delay.connection_termination.enabled") ?? false,
        deregistrationDelay: numberOf(values, "deregistration_delay.timeout_seconds") ?? 300,
        healthCheck: defined({
          enabled: found.HealthCheckEnabled,
          healthyThreshold: found.HealthyThresholdCount,
          interval: found.HealthCheckIntervalSeconds,
          matcher: "",
          path: found.HealthCheckPath ?? "",
          port: found.HealthCheckPort,
          protocol: found.HealthCheckProtocol,
          timeout: found.HealthCheckTimeoutSeconds,
          unhealthyThreshold: found.UnhealthyThresholdCount,
        }),
        ipAddressType: found.IpAddressType ?? "ipv4",
        loadBalancerArns: found.LoadBalancerArns ?? [],
        loadBalancingCrossZoneEnabled: values["load_balancing.cross_zone.enabled"] ?? "use_load_balancer_configuration",
        name: found.TargetGroupName,
        namePrefix: "",
        port: found.Port,
        preserveClientIp: values["preserve_client_ip.enabled"] ?? "",
        protocol: found.Protocol,
        proxyProtocolV2: flagOf(values, "proxy_protocol_v2.enabled") ?? false,
        stickiness: {
          enabled: values["stickiness.enabled"] === "true",
          type: values["stickiness.type"] ?? "source_ip",
        },
        tagsAll: await tagsOf(context, id),
        targetHealthStates: healthStates(values),
        targetType: found.TargetType,
        vpcId: found.VpcId,
      });
    },
    async update(id, { news, olds, changed }, context) {
      if (changed.has("healthCheck")) {
        const input = { TargetGroupArn: id, ...healthCheck(news) };
        await context.call("ModifyTargetGroup", input);
      }
      const Attributes = attributeList(attributesOf(news));
      await context.call("ModifyTargetGroupAttributes", { TargetGroupArn: id, Attributes });
      await setTags(context, id, olds, news);
    },
    async delete(id, _state, context) {
      await context.call("DeleteTargetGroup", { TargetGroupArn: id });
    },
  };
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
  return {
    token: `aws:${module}/targetGroupAttachment:TargetGroupAttachment`,
    label: "ELBv2 Target Group Attachment",
    properties: {
      availabilityZone: string({ replaces: true }),
      port: number({ replaces: true }, between(1, 65_535)),
      quicServerId: string({ replaces: true }),
      region: string({ computed: true, replaces: true }),
      targetGroupArn: string({ required: true, replaces: true }),
      targetId: string({ required: true, replaces: true }),
    },
    outputs: [],
    async create(inputs, context) {
      const { targetGroupArn, targetId, port } = inputs as Record<string, string | number | undefined>;
      const AvailabilityZone = optionalText(inputs, "availabilityZone");
      const target = defined({ Id: targetId, Port: port, AvailabilityZone });
      await context.call("RegisterTargets", { TargetGroupArn: text(inputs, "targetGroupArn"), Targets: [target] });
      return `${targetGroupArn},${targetId},${port ?? ""}`;
    },
    async read(id, context) {
      const { TargetGroupArn, target, targetId, port } = parse(id);
      const input = { TargetGroupArn, Targets: [target] };
      const found = await first(context, "DescribeTargetHealth", input, "TargetHealthDescriptions");
      const health = isMap(found?.TargetHealth) ? found.TargetHealth : {};
      const gone = ["Target.NotRegistered", "Target.DeregistrationInProgress"].includes(String(health.Reason));
      if (!found || gone) return undefined;
      return { targetGroupArn: TargetGroupArn, targetId, port: port ?? null };
    },
    async delete(id, _state, context) {
      const { TargetGroupArn, target } = parse(id);
      await context.call("DeregisterTargets", { TargetGroupArn, Targets: [target] });
    },
  };
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
