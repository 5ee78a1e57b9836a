import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { subnetPrefix } from "./subnet-prefix";

testPolicy(
  subnetPrefix,
  {
    subnet: resource("aws:ec2/subnet:Subnet", {
      cidrBlock: "10.0.0.0/23",
      availabilityZone: "us-east-1a",
      vpcId: unknown,
    }),
  },
  [
    violates(
      "a /24",
      { "subnet.cidrBlock": "10.0.0.0/24" },
      /cidrBlock is 10\.0\.0\.0\/24, 251 usable addresses.*\/23.*\n.*Set cidrBlock/,
    ),
    violates("a /23 where /22 is asked", {}, /allowed is \/22/, { config: { longestPrefix: 22 } }),
    violates(
      "a /26 from an address manager",
      { "subnet.cidrBlock": absent, "subnet.ipv4NetmaskLength": 26 },
      /ipv4NetmaskLength is 26, 59 usable addresses.*\n.*Set ipv4NetmaskLength to 23 or less/,
    ),
    undecided("a block computed from a resource", { "subnet.cidrBlock": unknown }, /cidrBlock/),
    passes("a larger one", { "subnet.cidrBlock": "10.0.0.0/20" }),
    passes("a smaller one where allowed", { "subnet.cidrBlock": "10.0.0.0/24" }, { config: { longestPrefix: 24 } }),
    passes("IPv6 only", { "subnet.cidrBlock": absent }),
  ],
);
