import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { balancerTargets } from "./balancer-targets";

const listener = resource("aws:lb/listener:Listener", {
  port: 5439,
  protocol: "TCP",
  defaultActions: [{ type: "forward", targetGroupArn: ref("group", "arn") }],
});
const knownByOthers: [string, Record<string, unknown>][] = [
  ["known by its targets' port", { "target.port": 5439 }],
  ["known by its listener's", { listener }],
  [
    "known by what its targets are",
    {
      endpoint: resource("aws:redshiftserverless/endpointAccess:EndpointAccess", {}),
      "target.targetId": ref("endpoint", "address"),
    },
  ],
];

testPolicy(
  balancerTargets,
  {
    group: resource("aws:lb/targetGroup:TargetGroup", {
      port: 5439,
      protocol: "TCP",
      targetType: "ip",
      preserveClientIp: "false",
      healthCheck: { enabled: true, protocol: "TCP", interval: 30 },
    }),
    target: resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", {
      targetGroupArn: ref("group", "arn"),
      targetId: unknown,
    }),
  },
  [
    violates("no targets", { target: absent }, /group: it has 0 targets, fewer than 1/),
    violates("targets of another group", { "target.targetGroupArn": "arn:elsewhere" }, /it has 0 targets/),
    violates("fewer than the organization asks for", {}, /it has 1 targets, fewer than 3/, {
      config: { minimumTargets: 3 },
    }),
    violates("no health checks", { "group.healthCheck.enabled": false }, /healthCheck\.enabled is false/),
    violates("rare health checks", { "group.healthCheck.interval": 60 }, /interval is 60, more than 30 seconds/),
    violates("client addresses preserved", { "group.preserveClientIp": "true" }, /preserveClientIp is true/),
    violates(
      "preserved as instances are by default",
      { "group.preserveClientIp": absent, "group.targetType": "instance" },
      /not set, and targets are not addresses/,
    ),
    violates(
      "preserved, health check not known",
      { "group.preserveClientIp": "true", "group.healthCheck": unknown },
      /preserveClientIp/,
    ),
    violates("over TLS", { "group.protocol": "TLS", "group.preserveClientIp": "true" }, /preserveClientIp/),
    violates(
      "by its other token",
      { alb: resource("aws:alb/targetGroup:TargetGroup", { port: 5439, protocol: "TCP", targetType: "ip" }) },
      /alb: it has 0 targets/,
    ),
    ...knownByOthers.flatMap(([how, others]) => [
      violates(
        `client addresses preserved, ${how}`,
        { ...others, "group.port": 9000, "group.preserveClientIp": "true" },
        /group: preserveClientIp is true/,
      ),
      violates(
        `rare health checks, ${how}`,
        { ...others, "group.port": 9000, "group.healthCheck.interval": 60 },
        /group: healthCheck\.interval is 60/,
      ),
      passes(`in order, ${how}`, { ...others, "group.port": 9000, "group.preserveClientIp": absent }),
    ]),
    violates(
      "fewer targets than asked for, known by its targets",
      { "group.port": 9000, "target.port": 5439 },
      /it has 1 targets, fewer than 2/,
      { config: { minimumTargets: 2 } },
    ),
    violates(
      "no targets, known by its listener",
      { listener, "group.port": 9000, target: absent },
      /group: it has 0 targets/,
    ),
    undecided("a target's port not known yet", { "group.port": 9000, "target.port": ref("target", "port") }, /port/),
    undecided("health checks not known yet", { "group.healthCheck": unknown }, /healthCheck/),
    undecided("client addresses not known yet", { "group.preserveClientIp": unknown }, /preserveClientIp/),
    undecided("a port not known yet", { "group.port": unknown }, /port/),
    passes("a group named by its ARN", { "target.targetGroupArn": "group-arn" }, { phases: ["deployed"] }),
    passes("the string false, which JavaScript takes for true", {}),
    passes("left to the defaults", { "group.healthCheck": absent, "group.preserveClientIp": absent }),
    passes("a group of another service", { "group.port": 8080, target: absent }),
    passes("a group of another service, by its targets", {
      "group.port": 8080,
      "group.preserveClientIp": "true",
      "target.port": 8443,
      web: resource("aws:lb/listener:Listener", {
        port: 443,
        defaultActions: [{ targetGroupArn: ref("group", "arn") }],
      }),
    }),
    passes("a group of a web service", { "group.protocol": "HTTPS", target: absent }),
  ],
);
