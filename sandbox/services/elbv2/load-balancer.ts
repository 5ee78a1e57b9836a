import { boolean, length, list, number, object, oneOf, set, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { defined, isEmpty, isMap, maps, text, texts, type ValueMap } from "../../provider/values";
import { attributeList, attributes, elbName, flagOf, resource, suffixOf } from "./resource";

function loadBalancerType(module: "lb" | "alb"): ResourceType {
  return resource({
    token: `aws:${module}/loadBalancer:LoadBalancer`,
    label: "ELBv2 Load Balancer",
    tagged: true,
    autoName: { property: "name", maxLength: 32, prefixProperty: "namePrefix" },
    properties: {
      accessLogs: object(),
      clientKeepAlive: number({ default: 3600 }),
      connectionLogs: object(),
      customerOwnedIpv4Pool: string({ replaces: true }),
      desyncMitigationMode: string({ default: "defensive" }),
      dnsRecordClientRoutingPolicy: string(
        { default: "any_availability_zone" },
        oneOf("any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"),
      ),
      dropInvalidHeaderFields: boolean({ default: false }),
      enableCrossZoneLoadBalancing: boolean({ default: false }),
      enableDeletionProtection: boolean({ default: false }),
      enableHttp2: boolean({ default: true }),
      enablePrefixForIpv6SourceNat: string({ computed: true }),
      enableTlsVersionAndCipherSuiteHeaders: boolean({ default: false }),
      enableWafFailOpen: boolean({ default: false }),
      enableXffClientPort: boolean({ default: false }),
      enableZonalShift: boolean({ default: false }),
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: string({ computed: true }, oneOf("on", "off")),
      healthCheckLogs: object(),
      idleTimeout: number({ default: 60 }),
      internal: boolean({ computed: true, replaces: true }),
      ipAddressType: string({ computed: true }),
      ipamPools: object(),
      loadBalancerType: string({ default: "application", replaces: true }, oneOf("application", "network", "gateway")),
      minimumLoadBalancerCapacity: object(),
      name: string({ computed: true, replaces: true }, length(1, 32), elbName),
      namePrefix: string({ computed: true, replaces: true }, length(1, 6)),
      preserveHostHeader: boolean({ default: false }),
      secondaryIpsAutoAssignedPerSubnet: number({ computed: true }),
      securityGroups: set({ computed: true }),
      subnetMappings: list({ computed: true, unordered: true }),
      subnets: set({ computed: true }),
      xffHeaderProcessingMode: string({ default: "append" }),
    },
    outputs: ["arn", "arnSuffix", "dnsName", "vpcId", "zoneId"],
    check: ({ subnets, subnetMappings }) =>
      isEmpty(subnets) === isEmpty(subnetMappings)
        ? [{ property: "subnets", reason: "exactly one of subnets or subnetMappings must be given" }]
        : [],
    // A network load balancer gets its first security groups, and loses its subnets, only by being made anew.
    replacesWhen(olds, news) {
      if (news.loadBalancerType !== "network") return [];
      const groups = isEmpty(olds.securityGroups) && !isEmpty(news.securityGroups);
      const before = texts(olds, "subnets");
      const removed = !isEmpty(news.subnets) && before.some((id) => !texts(news, "subnets").includes(id));
      return [...(groups ? ["securityGroups"] : []), ...(removed ? ["subnets"] : [])];
    },
    id: "LoadBalancerArn",
    members: {
      arn: "LoadBalancerArn",
      dnsName: "DNSName",
      loadBalancerType: "Type",
      name: "LoadBalancerName",
      zoneId: "CanonicalHostedZoneId",
    },
    create: ["CreateLoadBalancer", "loadBalancerType", "subnets", "securityGroups", "ipAddressType"],
    request: (inputs) => ({
      Name: text(inputs, "name"),
      Scheme: inputs.internal === true ? "internal" : "internet-facing",
      ...(isEmpty(inputs.subnetMappings) ? {} : { SubnetMappings: mappings(inputs) }),
    }),
    read: { operation: "DescribeLoadBalancers", at: "LoadBalancers", ids: "LoadBalancerArns" },
    until: ["active", ({ State }) => isMap(State) && State.Code === "active"],
    async state(found, context, _before, LoadBalancerArn) {
      const values = await attributes(context, "DescribeLoadBalancerAttributes", { LoadBalancerArn });
      const subnets = maps(found, "AvailabilityZones").map((zone) => text(zone, "SubnetId"));
      const { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced = "", IpAddressType = "ipv4" } = found;
      return defined({
        arnSuffix: suffixOf(LoadBalancerArn),
        dnsRecordClientRoutingPolicy: values["dns_record.client_routing_policy"],
        enableCrossZoneLoadBalancing: flagOf(values, "load_balancing.cross_zone.enabled") ?? undefined,
        enableDeletionProtection: flagOf(values, "deletion_protection.enabled") ?? undefined,
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced,
        internal: found.Scheme === "internal",
        ipAddressType: IpAddressType,
        securityGroups: found.SecurityGroups ?? [],
        subnetMappings: subnets.map((subnetId) => ({ subnetId })),
        subnets,
      });
    },
    async apply(LoadBalancerArn, { news, olds, changed }, { call }) {
      const isNew = olds.arn === undefined;
      if (!isNew && changed.has("securityGroups"))
        await call("SetSecurityGroups", { LoadBalancerArn, SecurityGroups: texts(news, "securityGroups") });
      if (!isNew && changed.has("subnets"))
        await call("SetSubnets", { LoadBalancerArn, Subnets: texts(news, "subnets") });
      const Attributes = attributeList(attributesOf(news));
      await call("ModifyLoadBalancerAttributes", { LoadBalancerArn, Attributes });
    },
    delete: "DeleteLoadBalancer",
  });
}

function mappings(inputs: ValueMap) {
  return maps(inputs, "subnetMappings").map((mapping) =>
    defined({
      SubnetId: mapping.subnetId,
      PrivateIPv4Address: mapping.privateIpv4Address,
      AllocationId: mapping.allocationId,
    }),
  );
}

/** The attributes that the type of balancer knows. */
function attributesOf(inputs: ValueMap) {
  const logs = isMap(inputs.accessLogs) ? inputs.accessLogs : {};
  const isNetwork = inputs.loadBalancerType === "network";
  return {
    "deletion_protection.enabled": inputs.enableDeletionProtection,
    "load_balancing.cross_zone.enabled": isNetwork ? inputs.enableCrossZoneLoadBalancing : undefined,
    "dns_record.client_routing_policy": isNetwork ? inputs.dnsRecordClientRoutingPolicy : undefined,
    "idle_timeout.timeout_seconds": isNetwork ? undefined : inputs.idleTimeout,
    "access_logs.s3.enabled": logs.enabled,
    "access_logs.s3.bucket": logs.bucket,
    "access_logs.s3.prefix": logs.prefix,
  };
}

export const loadBalancers = [loadBalancerType("lb"), loadBalancerType("alb")];
