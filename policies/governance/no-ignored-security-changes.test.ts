import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, violates } from "../testing/table";
import { noIgnoredSecurityChanges } from "./no-ignored-security-changes";

testPolicy(
  noIgnoredSecurityChanges,
  {
    wg: resource(
      "aws:redshiftserverless/workgroup:Workgroup",
      { publiclyAccessible: false },
      { ignoreChanges: ["baseCapacity"] },
    ),
  },
  [
    violates(
      "one",
      { "wg.!ignoreChanges": ["baseCapacity", "publiclyAccessible"] },
      /wg: ignoreChanges has publiclyAccessible\./,
    ),
    violates(
      "one whose value is not known",
      { "wg.!ignoreChanges": ["publiclyAccessible"], "wg.publiclyAccessible": unknown },
      /publiclyAccessible/,
    ),
    violates(
      "one that is not set",
      { "wg.!ignoreChanges": ["publiclyAccessible"], "wg.publiclyAccessible": absent },
      /publiclyAccessible/,
    ),
    violates(
      "a path into one",
      { "wg.!ignoreChanges": ["configParameters[0].parameterValue"] },
      /configParameters\[0\]/,
    ),
    violates("a nested path", { "wg.!ignoreChanges": ["policy.Statement"] }, /policy\.Statement/),
    violates("a quoted path", { "wg.!ignoreChanges": ['["kmsKeyId"]'] }, /kmsKeyId/),
    violates("everything", { "wg.!ignoreChanges": ["*"] }, /ignoreChanges has \*/),
    violates(
      "one of a dynamic resource",
      { share: resource("pulumi-nodejs:dynamic:Resource", {}, { ignoreChanges: ["publicAccessible"] }) },
      /share: ignoreChanges/,
    ),
    violates("one that the organization adds", {}, /baseCapacity/, { config: { properties: ["baseCapacity"] } }),
    violates(
      "blocks of IPv6, lists and ports of a rule",
      {
        rule: resource(
          "aws:ec2/securityGroupRule:SecurityGroupRule",
          {},
          { ignoreChanges: ["ipv6CidrBlocks", "prefixListIds", "fromPort"] },
        ),
      },
      /ignoreChanges has ipv6CidrBlocks, prefixListIds and fromPort/,
    ),
    passes("of another provider", {
      random: resource("random:index/randomPassword:RandomPassword", {}, { ignoreChanges: ["policy"] }),
    }),
    passes("a property that only begins alike", { "wg.!ignoreChanges": ["policyName"] }),
  ],
);
