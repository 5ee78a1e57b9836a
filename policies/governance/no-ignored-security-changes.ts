import { strings } from "../framework/config";
import { isRedshifts } from "../framework/dynamic";
import { inWords } from "../framework/names";
import { definePolicy } from "../framework/policy";

export const noIgnoredSecurityChanges = definePolicy({
  name: "no-ignored-security-changes",
  area: "governance",
  entry: 49,
  description: "Changes of security properties must not be ignored.",
  why: "ignoreChanges leaves whatever somebody set by hand, and every other policy then looks at a value that does not count",
  mend: "remove these properties from ignoreChanges",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/",
  parameters: {
    properties: strings(
      [
        "publiclyAccessible",
        "enhancedVpcRouting",
        "configParameters",
        "parameters",
        "kmsKeyId",
        "kmsKeyArn",
        "encrypted",
        "logExports",
        "manageAdminPassword",
        "manageMasterPassword",
        "adminPasswordSecretKmsKeyId",
        "masterPasswordSecretKmsKeyId",
        "clusterParameterGroupName",
        "securityGroupIds",
        "vpcSecurityGroupIds",
        "securityGroups",
        "ingress",
        "egress",
        "protocol",
        "ipProtocol",
        "fromPort",
        "toPort",
        "cidrBlocks",
        "ipv6CidrBlocks",
        "prefixListIds",
        "prefixListId",
        "sourceSecurityGroupId",
        "referencedSecurityGroupId",
        "entries",
        "cidrIpv4",
        "cidrIpv6",
        "policy",
        "policyArn",
        "assumeRolePolicy",
        "inlinePolicies",
        "managedPolicyArns",
        "internal",
        "enableKeyRotation",
        "deletionProtectionEnabled",
        "enableDeletionProtection",
        "serverSideEncryption",
        "serverSideEncryptionConfiguration",
        "serverSideEncryptionConfigurations",
        "rules",
        "versioningConfiguration",
        "pointInTimeRecovery",
        "replicas",
        "snapshotCopyGrantName",
        "mapPublicIpOnLaunch",
        "blockPublicAcls",
        "blockPublicPolicy",
        "ignorePublicAcls",
        "restrictPublicBuckets",
        "authorizationType",
        "principal",
        "sourceArn",
        "sourceAccount",
        "allowWrites",
        "associateEntireAccount",
        "consumerIdentifier",
        "publicAccessible",
        "schemas",
        "access",
      ],
      "Properties whose changes must not be ignored.",
    ),
  },
  types: "every",
  checks: [
    (resource, { config, violation }) => {
      if (!resource.type.startsWith("aws:") && !isRedshifts(resource)) return;
      // A path such as configParameters[0].parameterValue, ["policy"] or * ignores its whole property just as well.
      const ignored = resource.options.ignoreChanges.filter((path) => {
        const property = path.replace(/^\["?([^"\]]+)"?\].*$/, "$1").replace(/[.[].*$/, "");
        return property === "*" || config.properties.includes(property);
      });
      if (ignored.length > 0) violation(`ignoreChanges has ${inWords(ignored)}`);
    },
  ],
});
