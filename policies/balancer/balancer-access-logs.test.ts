import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { balancerAccessLogs } from "./balancer-access-logs";

testPolicy(
  balancerAccessLogs,
  {
    nlb: resource("aws:lb/loadBalancer:LoadBalancer", {
      loadBalancerType: "network",
      accessLogs: { bucket: "logs", enabled: true },
    }),
    listener: resource("aws:lb/listener:Listener", { loadBalancerArn: ref("nlb", "arn"), protocol: "TLS", port: 5439 }),
  },
  [
    violates("none", { "nlb.accessLogs": absent }, /nlb: accessLogs is not set/),
    violates("switched off", { "nlb.accessLogs": { bucket: "logs", enabled: false } }, /accessLogs is not enabled/),
    violates("none, as the provider fills in later", { "nlb.accessLogs": unknown }, /accessLogs is not set/, {
      phases: ["preview"],
    }),
    violates(
      "by its other token",
      { nlb: resource("aws:alb/loadBalancer:LoadBalancer", { loadBalancerType: "network" }) },
      /accessLogs/,
    ),
    undecided("a protocol not known yet", { "listener.protocol": unknown, "nlb.accessLogs": absent }, /protocol/),
    passes("TCP passed through", { "listener.protocol": "TCP", "nlb.accessLogs": absent }),
    passes("no listener", { listener: absent, "nlb.accessLogs": absent }),
    passes("an application load balancer", { "nlb.loadBalancerType": "application", "nlb.accessLogs": absent }),
  ],
);
