import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { subnetGroupThreeZones } from "./subnet-group-three-zones";

const subnet = (zone: unknown) => resource("aws:ec2/subnet:Subnet", { vpcId: "vpc-1", availabilityZone: zone });
const group = (...subnetIds: unknown[]) => resource("aws:redshift/subnetGroup:SubnetGroup", { subnetIds });

testPolicy(
  subnetGroupThreeZones,
  {
    a: subnet("us-east-1a"),
    b: subnet("us-east-1b"),
    c: subnet("us-east-1c"),
    group: group(ref("a"), ref("b"), ref("c")),
  },
  [
    violates("two subnets", { group: group(ref("a"), ref("b")) }, /group: subnetIds names 2 subnets/),
    violates(
      "three in one zone",
      { "b.availabilityZone": "us-east-1a", "c.availabilityZone": "us-east-1a" },
      /spans 1 Availability Zones \(us-east-1a\)/,
    ),
    violates("none", { "group.subnetIds": absent }, /names 0 subnets/),
    violates(
      "a cluster without one",
      { dw: resource("aws:redshift/cluster:Cluster", {}) },
      /dw: clusterSubnetGroupName is not set, so the default VPC is used/,
    ),
    passes("a cluster with one not known yet", {
      dw: resource("aws:redshift/cluster:Cluster", { clusterSubnetGroupName: ref("group", "name") }),
    }),
    undecided("a zone not known yet", { "c.availabilityZone": unknown }, /c\.availabilityZone/),
    undecided("subnets of elsewhere", { group: group("subnet-1", "subnet-2", "subnet-3") }, /not part of this stack/, {
      phases: ["preview", "deployed"],
    }),
    passes("two where that is enough", { group: group(ref("a"), ref("b")) }, { config: { zones: 2 } }),
  ],
);
