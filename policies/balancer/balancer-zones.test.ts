import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { balancerZones } from "./balancer-zones";

const subnet = (zone: unknown) => resource("aws:ec2/subnet:Subnet", { vpcId: "vpc-1", availabilityZone: zone });
const nlb = (more: object, type = "aws:lb/loadBalancer:LoadBalancer") =>
  resource(type, { loadBalancerType: "network", ...more });
const mapping = (name: string) => ({ subnetId: ref(name), privateIpv4Address: "10.0.0.9" });

testPolicy(
  balancerZones,
  {
    a: subnet("us-east-1a"),
    b: subnet("us-east-1b"),
    c: subnet("us-east-1c"),
    nlb: nlb({ subnets: [ref("a"), ref("b"), ref("c")] }),
  },
  [
    violates("two subnets", { nlb: nlb({ subnets: [ref("a"), ref("b")] }) }, /nlb: subnets names 2 subnets/),
    violates(
      "by its other token",
      { nlb: nlb({ subnets: [ref("a")] }, "aws:alb/loadBalancer:LoadBalancer") },
      /subnets names 1 subnets/,
    ),
    violates("three in two zones", { "c.availabilityZone": "us-east-1b" }, /spans 2 Availability Zones/),
    violates("none", { "nlb.subnets": absent }, /names 0 subnets/),
    violates(
      "two mappings",
      { nlb: nlb({ subnetMappings: [mapping("a"), mapping("b")] }) },
      /subnetMappings names 2 subnets/,
    ),
    violates(
      "three mappings in two zones",
      { nlb: nlb({ subnetMappings: [mapping("a"), mapping("b"), mapping("c")] }), "c.availabilityZone": "us-east-1a" },
      /subnetMappings spans 2/,
    ),
    undecided("a zone not known yet", { "c.availabilityZone": unknown }, /c\.availabilityZone/),
    undecided("a type not known yet", { "nlb.loadBalancerType": unknown }, /loadBalancerType/),
    undecided(
      "subnets of elsewhere",
      { "nlb.subnets": ["subnet-1", "subnet-2", "subnet-3"] },
      /not part of this stack/,
      { phases: ["preview", "deployed"] },
    ),
    passes("three mappings", { nlb: nlb({ subnetMappings: [mapping("a"), mapping("b"), mapping("c")] }) }),
    passes("an application load balancer", { "nlb.loadBalancerType": "application", "nlb.subnets": [ref("a")] }),
    passes("two where that is enough", { nlb: nlb({ subnets: [ref("a"), ref("b")] }) }, { config: { zones: 2 } }),
  ],
);
