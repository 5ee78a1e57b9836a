import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { subnetNoPublicIp } from "./subnet-no-public-ip";

testPolicy(
  subnetNoPublicIp,
  {
    subnet: resource("aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/23", vpcId: unknown, mapPublicIpOnLaunch: false }),
  },
  [
    violates("public addresses", { "subnet.mapPublicIpOnLaunch": true }, /subnet: mapPublicIpOnLaunch is true/, {
      becomes: { mapPublicIpOnLaunch: false },
    }),
    violates(
      "a default subnet, as it is",
      { own: resource("aws:ec2/defaultSubnet:DefaultSubnet", { availabilityZone: "us-east-1a" }) },
      /own: mapPublicIpOnLaunch is not set, which means true/,
      { becomes: { mapPublicIpOnLaunch: false } },
    ),
    passes("a default subnet that gives none", {
      own: resource("aws:ec2/defaultSubnet:DefaultSubnet", { mapPublicIpOnLaunch: false }),
    }),
    undecided("not known yet", { "subnet.mapPublicIpOnLaunch": unknown }, /mapPublicIpOnLaunch/),
    passes("left to the default", { "subnet.mapPublicIpOnLaunch": absent }),
  ],
);
