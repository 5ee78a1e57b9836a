import { absent, recorded, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, violates } from "../testing/table";
import { noIgnoredSecurityChanges } from "./no-ignored-security-changes";

/** Resources of redshift-fleet's components, each with a property that must not be ignored. */
const recordedChanges = [
  ["pulumi-nodejs:dynamic/redshift:Datashare", "publicAccessible"],
  ["pulumi-nodejs:dynamic/redshift:ReaderSecret", "kmsKeyId"],
  ["pulumi-nodejs:dynamic/redshift:ReaderAccess", "access"],
] as const;

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
    ...recordedChanges.map(([type, property]) =>
      violates(
        `one of a ${type.replace(/^.*:/, "")}`,
        { dynamic: recorded(type, {}, { ignoreChanges: [property] }) },
        new RegExp(`dynamic: ignoreChanges has ${property}`),
      ),
    ),
    violates(
      "one of somebody's datashare",
      { share: resource("pulumi-python:dynamic/sharing:DataShare", {}, { ignoreChanges: ["publicAccessible"] }) },
      /share: ignoreChanges/,
    ),
    passes("of a dynamic resource of another meaning", {
      feed: resource("pulumi-nodejs:dynamic/weather:Feed", {}, { ignoreChanges: ["policy", "parameters"] }),
    }),
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
