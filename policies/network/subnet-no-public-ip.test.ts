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
    undecided("not known yet", { "subnet.mapPublicIpOnLaunch": unknown }, /mapPublicIpOnLaunch/),
    passes("left to the default", { "subnet.mapPublicIpOnLaunch": absent }),
  ],
);
