import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { workgroupThreeZones } from "./workgroup-three-zones";

const subnet = (zone: unknown) => resource("aws:ec2/subnet:Subnet", { vpcId: "vpc-1", availabilityZone: zone });
const workgroup = (...subnetIds: unknown[]) => resource("aws:redshiftserverless/workgroup:Workgroup", { subnetIds });

testPolicy(
  workgroupThreeZones,
  {
    a: subnet("us-east-1a"),
    b: subnet("us-east-1b"),
    c: subnet("us-east-1c"),
    wg: workgroup(ref("a"), ref("b"), ref("c")),
  },
  [
    violates("two subnets", { wg: workgroup(ref("a"), ref("b")) }, /wg: subnetIds names 2 subnets/),
    violates("two subnets of elsewhere", { wg: workgroup("subnet-1", "subnet-2") }, /names 2 subnets/),
    violates(
      "three in two zones",
      { "c.availabilityZone": "us-east-1b" },
      /spans 2 Availability Zones \(us-east-1a and us-east-1b\)/,
    ),
    violates("one of them twice", { wg: workgroup(ref("a"), ref("b"), ref("b")) }, /names 2 subnets|spans 2 Avail/),
    violates("none", { "wg.subnetIds": absent }, /subnetIds is not set/),
    violates("none, as AWS fills in later", { "wg.subnetIds": unknown }, /subnetIds is not set/, {
      phases: ["preview"],
    }),
    violates(
      "one's unknown does not hide another's fault",
      { "a.availabilityZone": unknown, second: workgroup("subnet-1") },
      /second: subnetIds names 1/,
    ),
    undecided("a zone not known yet", { "c.availabilityZone": unknown }, /c\.availabilityZone/),
    undecided(
      "zones of subnets of elsewhere",
      { wg: workgroup("subnet-1", "subnet-2", "subnet-3") },
      /not part of this stack/,
      { phases: ["preview", "deployed"] },
    ),
    passes("four in three zones", { d: subnet("us-east-1a"), wg: workgroup(ref("a"), ref("b"), ref("c"), ref("d")) }),
    passes("two where that is enough", { wg: workgroup(ref("a"), ref("b")) }, { config: { zones: 2 } }),
  ],
);
