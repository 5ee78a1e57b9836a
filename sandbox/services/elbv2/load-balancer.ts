import { boolean, length, list, matches, number, object, oneOf, set, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { tagList } from "../../provider/resource/tagging";
import {
  defined,
  flag,
  isEmpty,
  isMap,
  maps,
  optionalText,
  text,
  textMap,
  texts,
  type ValueMap,
} from "../../provider/values";
import { attributeList, attributes, first, flagOf, setTags, suffixOf, tagsOf } from "./resources";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const ELB_NAME = matches(
  /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  'expected letters, digits and hyphens, no hyphen at either end and no "internal-" at the beginning',
);

function loadBalancerType(module: "lb" | "alb"): ResourceType {
  return {
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
      name: string({ computed: true, replaces: true }, length(1, 32), ELB_NAME),
      namePrefix: string({ computed: true, replaces: true }, length(1, 6)),
      preserveHostHeader: boolean({ default: false }),
      region: string({ computed: true, replaces: true }),
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
    async create(inputs, context) {
      const input = defined({
        Name: text(inputs, "name"),
        Type: text(inputs, "loadBalancerType"),
        Scheme: flag(inputs, "internal") ? "internal" : "internet-facing",
        Subnets: isEmpty(inputs.subnets) ? undefined : texts(inputs, "subnets"),
        SubnetMappings: isEmpty(inputs.subnetMappings) ? undefined : mappings(inputs),
        SecurityGroups: isEmpty(inputs.securityGroups) ? undefined : texts(inputs, "securityGroups"),
        IpAddressType: optionalText(inputs, "ipAddressType"),
      });
      const tags = tagList(textMap(inputs, "tagsAll"));
      const answer: ValueMap = await context.call("CreateLoadBalancer", {
        ...input,
        Tags: tags,
      });
      const arn = text(maps(answer, "LoadBalancers")[0] ?? {}, "LoadBalancerArn");
      await context.until(`ELBv2 Load Balancer (${arn}) to be active`, async () => {
        const found = await first(context, "DescribeLoadBalancers", { LoadBalancerArns: [arn] }, "LoadBalancers");
        return isMap(found?.State) && found.State.Code === "active" ? true : undefined;
      });
      await context.call("ModifyLoadBalancerAttributes", {
        LoadBalancerArn: arn,
        Attributes: attributeList(attributesOf(inputs)),
      });
      return arn;
    },
    async read(id, context) {
      const input = { LoadBalancerArns: [id] };
      const found = await first(context, "DescribeLoadBalancers", input, "LoadBalancers");
      if (!found) return undefined;
      const values = await attributes(context, "DescribeLoadBalancerAttributes", { LoadBalancerArn: id });
      const zones = maps(found, "AvailabilityZones");
      return defined({
        arn: id,
        arnSuffix: suffixOf(id),
        dnsName: found.DNSName,
        dnsRecordClientRoutingPolicy: values["dns_record.client_routing_policy"],
        enableCrossZoneLoadBalancing: flagOf(values, "load_balancing.cross_zone.enabled") ?? undefined,
        enableDeletionProtection: flagOf(values, "deletion_protection.enabled") ?? undefined,
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
          found.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic ?? "",
        internal: found.Scheme === "internal",
        ipAddressType: found.IpAddressType ?? "ipv4",
        loadBalancerType: found.Type,
        name: found.LoadBalancerName,
        namePrefix: "",
        securityGroups: found.SecurityGroups ?? [],
        subnetMappings: zones.map((zone) => ({ subnetId: text(zone, "SubnetId") })),
        subnets: zones.map((zone) => text(zone, "SubnetId")),
        tagsAll: await tagsOf(context, id),
        vpcId: found.VpcId,
        zoneId: found.CanonicalHostedZoneId,
      });
    },
    async update(id, { news, olds, changed }, context) {
      const { call } = context;
      if (changed.has("securityGroups")) {
        await call("SetSecurityGroups", {
          LoadBalancerArn: id,
          SecurityGroups: texts(news, "securityGroups"),
        });
      }
      if (changed.has("subnets")) await call("SetSubnets", { LoadBalancerArn: id, Subnets: texts(news, "subnets") });
      const Attributes = attributeList(attributesOf(news));
      await call("ModifyLoadBalancerAttributes", { LoadBalancerArn: id, Attributes });
      await setTags(context, id, olds, news);
    },
    async delete(id, _state, context) {
      await context.call("DeleteLoadBalancer", { LoadBalancerArn: id });
    },
  };
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
