import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { threeAvailabilityZones } from "./three-availability-zones";

const subnet = (zone: string, more = {}) =>
  resource("aws:ec2/subnet:Subnet", { vpcId: ref("vpc"), cidrBlock: "10.0.0.0/23", availabilityZone: zone, ...more });

testPolicy(
  threeAvailabilityZones,
  {
    vpc: resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }),
    a: subnet("us-east-1a"),
    b: subnet("us-east-1b"),
    c: subnet("us-east-1c"),
  },
  [
    violates(
      "two subnets",
      { c: absent },
      /vpc: its 2 subnets span 2 Availability Zones \(us-east-1a and us-east-1b\), not 3/,
    ),
    violates("three subnets in two zones", { "c.availabilityZone": "us-east-1a" }, /its 3 subnets span 2/),
    violates("two subnets, one zone not known", { c: absent, "b.availabilityZone": unknown }, /its 2 subnets span 1/),
    violates("more asked than there are", {}, /not 4/, { config: { zones: 4 } }),
    violates(
      "another subnet's zone unknown does not hide a VPC's fault",
      {
        vpc2: resource("aws:ec2/vpc:Vpc", {}),
        d: subnet("us-east-1a", { vpcId: ref("vpc2") }),
        "a.availabilityZone": unknown,
      },
      /vpc2: its 1 subnets/,
    ),
    undecided("a zone that is not known yet", { "c.availabilityZone": unknown }, /c\.availabilityZone/),
    undecided("a zone left to AWS", { "c.availabilityZone": absent }, /c\.availabilityZone/, {
      phases: ["preview", "sparse", "deployed"],
    }),
    passes("zones named by their ids", { "c.availabilityZone": absent, "c.availabilityZoneId": "use1-az3" }),
    passes("a fourth subnet whose zone is not known", { d: subnet("x", { availabilityZone: unknown }) }),
    passes("a VPC without subnets", { a: absent, b: absent, c: absent }),
    passes(
      "fewer zones where the organization allows it",
      { c: absent },
      { config: { stacks: { "dev*": { zones: 2 } } } },
    ),
  ],
);
