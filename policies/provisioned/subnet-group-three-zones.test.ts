import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { subnetGroupThreeZones } from "./subnet-group-three-zones";

const subnet = (zone: unknown) => resource("aws:ec2/subnet:Subnet", { vpcId: "vpc-1", availabilityZone: zone });
const group = (...subnetIds: unknown[]) =>
  resource("aws:redshift/subnetGroup:SubnetGroup", { name: "group-name", subnetIds });
const cluster = (props: Record<string, unknown>) => resource("aws:redshift/cluster:Cluster", props);

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
      { dw: cluster({}) },
      /dw: clusterSubnetGroupName is not set, so the default VPC is used/,
    ),
    violates(
      "a cluster that names one with two subnets",
      { group: group(ref("a"), ref("b")), dw: cluster({ clusterSubnetGroupName: "group-name" }) },
      /group: subnetIds names 2 subnets/,
    ),
    passes("a cluster with one not known yet", { dw: cluster({ clusterSubnetGroupName: ref("group", "name") }) }),
    passes(
      "a cluster with one that the provider fills in",
      { dw: cluster({ clusterSubnetGroupName: unknown }) },
      { phases: ["preview", "sparse"] },
    ),
    passes("a cluster that names one of the stack", { dw: cluster({ clusterSubnetGroupName: "group-name" }) }),
    undecided(
      "a cluster that names one of elsewhere",
      { dw: cluster({ clusterSubnetGroupName: "company-standard" }) },
      /dw: undecided, since clusterSubnetGroupName is company-standard, which is not part of this stack/,
      { phases: ["preview", "sparse", "deployed"] },
    ),
    undecided(
      "a cluster whose name for one comes from something else",
      { pet: resource("random:index/randomPet:RandomPet", {}), dw: cluster({ clusterSubnetGroupName: ref("pet") }) },
      /dw: undecided, since clusterSubnetGroupName is not known at preview/,
    ),
    undecided("a zone not known yet", { "c.availabilityZone": unknown }, /c\.availabilityZone/),
    undecided("subnets of elsewhere", { group: group("subnet-1", "subnet-2", "subnet-3") }, /not part of this stack/, {
      phases: ["preview", "deployed"],
    }),
    passes("two where that is enough", { group: group(ref("a"), ref("b")) }, { config: { zones: 2 } }),
  ],
);
