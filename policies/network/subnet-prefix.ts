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
      // An address manager gives out a block of this length instead.
      const length = block === undefined ? subnet.number("ipv4NetmaskLength") : prefixLength(block);
      if (length === undefined || length <= config.longestPrefix) return;
      const addresses = 2 ** (32 - length) - 5;
      const key = block === undefined ? "ipv4NetmaskLength" : "cidrBlock";
      violation(
        `${key} is ${block ?? length}, ${addresses} usable addresses; the longest prefix allowed is /${config.longestPrefix}`,
        {
          mend: `set ${key} to ${block === undefined ? "" : "a /"}${config.longestPrefix}${block === undefined ? " or less" : " block or larger"}`,
        },
      );
    },
  ],
});
