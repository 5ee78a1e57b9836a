import { prefixLength } from "../framework/cidr";
import { integer } from "../framework/config";
import { definePolicy } from "../framework/policy";

export const subnetPrefix = definePolicy({
  name: "subnet-prefix",
  area: "network",
  entry: 2,
  description: "A subnet must be large enough for the addresses that Redshift takes (a /23 block, or larger).",
  why: "with enhanced VPC routing a workgroup holds addresses in proportion to its RPUs, and a full subnet stops it from scaling",
  mend: "give the subnet a /23 block or larger (a prefix length of at most 23)",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html",
  parameters: { longestPrefix: integer(23, "The longest prefix length that a subnet may have.", 16, 28) },
  types: ["aws:ec2/subnet:Subnet"],
  checks: [
    (subnet, { config, violation }) => {
      const block = subnet.text("cidrBlock");
      const length = block === undefined ? undefined : prefixLength(block);
      if (length === undefined || length <= config.longestPrefix) return;
      const addresses = 2 ** (32 - length) - 5;
      violation(
        `cidrBlock is ${block}, ${addresses} usable addresses; the longest prefix allowed is /${config.longestPrefix}`,
        {
          mend: `set cidrBlock to a /${config.longestPrefix} block or larger`,
        },
      );
    },
  ],
});
