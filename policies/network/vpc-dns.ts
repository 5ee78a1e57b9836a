import { definePolicy } from "../framework/policy";

export const vpcDns = definePolicy({
  name: "vpc-dns",
  area: "network",
  entry: 8,
  description: "A VPC must have DNS support and DNS hostnames on.",
  why: "names of private endpoints resolve to private addresses only then, and readers fall back to the public ones",
  mend: "set enableDnsHostnames to true and do not switch enableDnsSupport off",
  severity: "medium",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
  types: ["aws:ec2/vpc:Vpc"],
  checks: [
    (vpc, { violation }) => {
      const hostnames = vpc.flag("enableDnsHostnames");
      if (hostnames !== true) violation(`enableDnsHostnames is ${hostnames ?? "not set, which means false"}`);
    },
    (vpc, { violation }) => {
      if (vpc.flag("enableDnsSupport") === false) violation("enableDnsSupport is false");
    },
  ],
  remedy: () => ({ enableDnsHostnames: true, enableDnsSupport: true }),
});
