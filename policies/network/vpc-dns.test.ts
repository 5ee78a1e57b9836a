import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { vpcDns } from "./vpc-dns";

testPolicy(
  vpcDns,
  { vpc: resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true }) },
  [
    violates("hostnames off", { "vpc.enableDnsHostnames": false }, /enableDnsHostnames is false/),
    violates("hostnames left to the default", { "vpc.enableDnsHostnames": absent }, /not set, which means false/),
    violates("support off", { "vpc.enableDnsSupport": false }, /enableDnsSupport is false/, {
      becomes: { enableDnsHostnames: true, enableDnsSupport: true },
    }),
    violates(
      "support off, hostnames not known",
      { "vpc.enableDnsSupport": false, "vpc.enableDnsHostnames": unknown },
      /enableDnsSupport/,
    ),
    undecided("hostnames not known yet", { "vpc.enableDnsHostnames": unknown }, /enableDnsHostnames/),
    passes("support left to the default", { "vpc.enableDnsSupport": absent }),
  ],
);
